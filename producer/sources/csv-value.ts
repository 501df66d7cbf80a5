import type { HiveTypeText } from "../../schema/hive-type.ts";

/**
 * The JSON value of a field's text for a column's type. A text that is no value of the type stays a text, so that the
 * check of the event names it.
 */
export function valueOfText(text: string, type: HiveTypeText): unknown {
  if (text === "") return null;
  switch (type) {
    case "string":
    case "date":
    case "timestamp":
      return text;
    case "boolean":
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : text;
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return numberOf(text, /^\s*[+-]?\d+\s*$/);
    case "float":
    case "double":
      return numberOf(text, /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i);
    default:
      return type.startsWith("decimal") ? numberOf(text, /^\s*[+-]?\d+(\.\d+)?\s*$/) : jsonOf(text);
  }
}

function numberOf(text: string, pattern: RegExp): number | string {
  const number = Number(text);
  const isExact = !Number.isInteger(number) || Number.isSafeInteger(number);
  return pattern.test(text) && Number.isFinite(number) && isExact ? number : text;
}

/** Arrays, maps and structs stand in a field as JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
