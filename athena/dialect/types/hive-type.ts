import { parseHiveType, type HiveType } from "../../../schema/hive-type.ts";
import type { TrinoType } from "./trino-type.ts";

/** The Trino type of a Glue column: `string` is varchar, `int` integer, `float` real, `struct<...>` row. */
export function trinoTypeOf(hiveType: string): TrinoType {
  return fromTree(parseHiveType(hiveType));
}

function fromTree(type: HiveType): TrinoType {
  switch (type.kind) {
    case "string":
      return { kind: "varchar" };
    case "int":
      return { kind: "integer" };
    case "float":
      return { kind: "real" };
    case "decimal":
      return type;
    case "array":
      return { kind: "array", element: fromTree(type.element) };
    case "map":
      return { kind: "map", key: { kind: "varchar" }, value: fromTree(type.value) };
    case "struct":
      return { kind: "row", fields: type.fields.map((f) => ({ name: f.name, type: fromTree(f.type) })) };
    default:
      return { kind: type.kind };
  }
}
