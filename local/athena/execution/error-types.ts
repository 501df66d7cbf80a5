import type { FailureCode } from "../../../athena/dialect/parse/syntax-error.ts";

/** AthenaError of a failed query: measured numbers (aws-semantics 4.3), and Athena's catch-all 1000 otherwise. */
const types: Readonly<Partial<Record<FailureCode, number>>> = {
  TABLE_NOT_FOUND: 1301,
  SCHEMA_NOT_FOUND: 1301,
  COLUMN_NOT_FOUND: 1006,
  INVALID_PARAMETER_USAGE: 1006,
  TYPE_MISMATCH: 1002,
  FUNCTION_NOT_FOUND: 1303,
  DIVISION_BY_ZERO: 1001,
  INVALID_CAST_ARGUMENT: 1100,
  NOT_SUPPORTED: 1200,
};

/** Category 1 is Athena's fault, 2 the user's. */
export function athenaErrorOf(code: FailureCode): { category: number; type: number; retryable: boolean } {
  const internal = code === "GENERIC_INTERNAL_ERROR";
  return { category: internal ? 1 : 2, type: types[code] ?? 1000, retryable: internal };
}
