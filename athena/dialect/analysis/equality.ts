import { QueryFailure } from "../parse/syntax-error.ts";
import type { Position } from "../parse/position.ts";
import { convert } from "../types/convert.ts";
import { quoteString } from "../../sql/quote.ts";
import { commonType } from "../types/common-type.ts";
import { displayType, fieldKey, type TrinoType } from "../types/trino-type.ts";
import type { Typed } from "./typed.ts";

/**
 * Both sides as values of one type.
 * @throws {QueryFailure} TYPE_MISMATCH, as for '1' = 1.
 */
export function unify(
  left: Typed,
  right: Typed,
  operator: string,
  at: Position,
): { left: string; right: string; type: TrinoType } {
  const type = commonType(left.type, right.type);
  if (!type) {
    throw new QueryFailure(
      "TYPE_MISMATCH",
      `Cannot apply operator: ${displayType(left.type)} ${operator} ${displayType(right.type)}`,
      at,
    );
  }
  return {
    left: convert(left.instantSql ?? left.sql, left.type, type),
    right: convert(right.instantSql ?? right.sql, right.type, type),
    type,
  };
}

/**
 * `left = right` for two values of a type. DuckDB takes NULLs inside of arrays and rows for equal; in Trino they make
 * the result NULL.
 * @throws {QueryFailure} for types without an equality here.
 */
export function equalSql(left: string, right: string, type: TrinoType, at: Position): string {
  switch (type.kind) {
    case "row": {
      const fields = type.fields.map((field, i) => {
        const key = quoteString(fieldKey(field, i));
        return equalSql(
          `struct_extract(${left}, ${key})`,
          `struct_extract(${right}, ${key})`,
          field.type,
          at,
        );
      });
      return `CASE WHEN ${left} IS NULL OR ${right} IS NULL THEN NULL ELSE ${fields.join(" AND ")} END`;
    }
    case "array":
      if (["array", "row", "map", "json"].includes(type.element.kind)) break;
      return `athena_array_equal(${left}, ${right})`;
    case "map":
    case "json":
      break;
    default:
      return `(${left} = ${right})`;
  }
  throw new QueryFailure(
    "NOT_SUPPORTED",
    `the local Athena does not compare values of ${displayType(type)}`,
    at,
  );
}

/** @throws {QueryFailure} for types without an order. */
export function checkOrderable(type: TrinoType, at: Position): void {
  if (type.kind === "map" || type.kind === "json") {
    throw new QueryFailure("TYPE_MISMATCH", `Type ${displayType(type)} is not orderable`, at);
  }
}
