import type { HiveType } from "../hive-type.ts";

/**
 * A value that Firehose cannot convert to a type, as producers get it wrong (aws-semantics 1.5); undefined where it
 * converts whatever there is: any value becomes a string, and one that is no array an array of one.
 */
export function unconvertibleTo(type: HiveType): unknown {
  switch (type.kind) {
    case "string":
      return undefined;
    case "boolean":
      return "maybe";
    case "date":
      return "yesterday";
    case "timestamp":
      return "20/May/2015:12:05:17 +0000";
    case "array": {
      const element = unconvertibleTo(type.element);
      return element === undefined ? undefined : [element];
    }
    case "map":
    case "struct":
      return "none";
    default:
      return "12,90 EUR";
  }
}
