import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import { convert } from "../types/convert.ts";
import { quoteName, quoteString } from "../../sql/quote.ts";
import { commonType } from "../types/common-type.ts";
import { displayType, duckdbType, fieldKey, isInteger, type TrinoType } from "../types/trino-type.ts";
import { commonResultType } from "./conditional.ts";
import { computed, type Typed } from "./typed.ts";

/** ARRAY[a, b]. */
export function arrayOf(items: readonly Typed[], at: Position): Typed {
  const element = commonResultType(items, "All ARRAY elements", at);
  const type: TrinoType = { kind: "array", element };
  const sqls = items.map((item) => convert(item.sql, item.type, element));
  const empty = `CAST([] AS ${duckdbType(type)})`;
  return computed(type, items.length === 0 ? empty : `[${sqls.join(", ")}]`, items);
}

/** ROW(a, b) or (a, b). */
export function rowOf(items: readonly Typed[]): Typed {
  const type: TrinoType = { kind: "row", fields: items.map((item) => ({ type: item.type })) };
  const fields = items.map((item, i) => {
    const sql = item.type.kind === "unknown" ? `CAST(NULL AS ${duckdbType(item.type)})` : item.sql;
    return `${quoteName(`field${i}`)} := ${sql}`;
  });
  return computed(type, `struct_pack(${fields.join(", ")})`, items);
}

/** `base[index]`: an error where there is no such element, in Trino as here. */
export function subscript(
  base: Typed,
  index: Typed,
  expression: Extract<Expression, { kind: "subscript" }>,
): Typed {
  const { at } = expression;
  if (base.type.kind === "array" && isInteger(index.type)) {
    return computed(base.type.element, `athena_array_item(${base.sql}, ${index.sql})`, [base, index]);
  }
  if (base.type.kind === "map") {
    const key = commonType(base.type.key, index.type);
    if (key?.kind === base.type.key.kind) {
      const sql = `athena_map_item(${base.sql}, ${convert(index.sql, index.type, base.type.key)})`;
      return computed(base.type.value, sql, [base, index]);
    }
  }
  if (base.type.kind === "row" && expression.index.kind === "integer") {
    const position = Number(expression.index.value) - 1;
    const field = base.type.fields[position];
    if (!field)
      throw new QueryFailure("INVALID_FUNCTION_ARGUMENT", `ROW index out of bounds: ${position + 1}`, at);
    return computed(field.type, `struct_extract(${base.sql}, ${quoteString(fieldKey(field, position))})`, [
      base,
    ]);
  }
  const types = `${displayType(base.type)}[${displayType(index.type)}]`;
  throw new QueryFailure("TYPE_MISMATCH", `Cannot apply operator: ${types}`, at);
}

/** `base.field` of a row. @returns nothing when the row has no such field. */
export function fieldOf(base: Typed, name: string): Typed | undefined {
  if (base.type.kind !== "row") return undefined;
  const index = base.type.fields.findIndex((field) => field.name?.toLowerCase() === name);
  const field = base.type.fields[index];
  if (!field) return undefined;
  return computed(field.type, `struct_extract(${base.sql}, ${quoteString(fieldKey(field, index))})`, [base]);
}
