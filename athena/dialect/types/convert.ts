import { quoteName, quoteString } from "../../sql/quote.ts";
import { sameType } from "./common-type.ts";
import { duckdbType, fieldKey, type TrinoType } from "./trino-type.ts";

/** Makes a value of one type a value of a type to which it coerces (see `commonType`). */
export function convert(sql: string, from: TrinoType, to: TrinoType): string {
  if (sameType(from, to)) return sql;
  if (from.kind === "unknown") return `CAST(${sql} AS ${duckdbType(to)})`;
  if (duckdbType(from) === duckdbType(to)) return sql;
  if (to.kind === "array" && from.kind === "array") {
    return `list_transform(${sql}, lambda e: ${convert("e", from.element, to.element)})`;
  }
  if (to.kind === "map" && from.kind === "map") {
    const keys = convert(
      `map_keys(${sql})`,
      { kind: "array", element: from.key },
      { kind: "array", element: to.key },
    );
    const values = convert(
      `map_values(${sql})`,
      { kind: "array", element: from.value },
      { kind: "array", element: to.value },
    );
    return `CASE WHEN ${sql} IS NULL THEN NULL ELSE map(${keys}, ${values}) END`;
  }
  if (to.kind === "row" && from.kind === "row") return convertRow(sql, from, to);
  return `CAST(${sql} AS ${duckdbType(to)})`;
}

function convertRow(sql: string, from: TrinoType & { kind: "row" }, to: TrinoType & { kind: "row" }): string {
  const fields = to.fields.map((field, i) => {
    const source = from.fields[i];
    if (!source) throw new Error("rows of different lengths are no common type");
    const value = `struct_extract(${sql}, ${quoteString(fieldKey(source, i))})`;
    return `${quoteName(fieldKey(field, i))} := ${convert(value, source.type, field.type)}`;
  });
  return `CASE WHEN ${sql} IS NULL THEN NULL ELSE struct_pack(${fields.join(", ")}) END`;
}
