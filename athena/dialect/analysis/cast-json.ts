import { QueryFailure } from "../parse/syntax-error.ts";
import type { Position } from "../parse/position.ts";
import { quoteString } from "../../sql/quote.ts";
import { displayType, fieldKey, isInteger, type TrinoType } from "../types/trino-type.ts";
import type { Typed } from "./typed.ts";

/** CAST(json AS type): scalars by their text, arrays, maps and rows element by element. */
export function castFromJson(sql: string, to: TrinoType, at: Position): string {
  switch (to.kind) {
    case "varchar":
      return `athena_json_scalar(${sql}, 'varchar')`;
    case "boolean":
      return `CAST(athena_json_scalar(${sql}, 'boolean') AS BOOLEAN)`;
    case "double":
    case "real":
      return `CAST(athena_json_scalar(${sql}, ${quoteString(to.kind)}) AS DOUBLE)`;
    case "array":
      return `list_transform(athena_json_items(${sql}), lambda e: ${castFromJson("e", to.element, at)})`;
    case "map":
      if (to.key.kind === "varchar") {
        const values = `list_transform(athena_json_members(${sql}), lambda e: ${castFromJson("struct_extract(e, 'value')", to.value, at)})`;
        const keys = `list_transform(athena_json_members(${sql}), lambda e: struct_extract(e, 'key'))`;
        return `CASE WHEN athena_json_members(${sql}) IS NULL THEN NULL ELSE map(${keys}, ${values}) END`;
      }
      break;
    case "row": {
      const fields = to.fields.map((field, i) => {
        const path = quoteString(`$."${(field.name ?? "").replaceAll('"', '\\"')}"`);
        const member =
          field.name === undefined ? `json_extract(${sql}, '$[${i}]')` : `json_extract(${sql}, ${path})`;
        return `"${fieldKey(field, i)}" := ${castFromJson(member, field.type, at)}`;
      });
      return `CASE WHEN ${sql} IS NULL OR json_type(${sql}) = 'NULL' THEN NULL ELSE struct_pack(${fields.join(", ")}) END`;
    }
    default:
      if (isInteger(to)) {
        return `CAST(athena_json_integer(${sql}, ${quoteString(displayType(to))}) AS ${to.kind.toUpperCase()})`;
      }
  }
  throw new QueryFailure("NOT_SUPPORTED", `the local Athena does not cast json to ${displayType(to)}`, at);
}

/** CAST(value AS json) for the types whose JSON form both engines share. */
export function castToJson(value: Typed, at: Position): string {
  if (value.type.kind === "json") return value.sql;
  if (!isPlain(value.type)) {
    throw new QueryFailure(
      "NOT_SUPPORTED",
      `the local Athena does not cast ${displayType(value.type)} to json`,
      at,
    );
  }
  return `to_json(${value.sql})`;
}

function isPlain(type: TrinoType): boolean {
  if (type.kind === "array") return isPlain(type.element);
  if (type.kind === "map") return type.key.kind === "varchar" && isPlain(type.value);
  if (type.kind === "row")
    return type.fields.every((field) => field.name !== undefined && isPlain(field.type));
  return isInteger(type) || ["boolean", "varchar", "json", "date"].includes(type.kind);
}
