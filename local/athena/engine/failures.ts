import { QueryFailure, type FailureCode } from "../../../athena/dialect/parse/syntax-error.ts";

/** DuckDB's own failures and what Trino calls them. */
const known: readonly { pattern: RegExp; code: FailureCode; message?: string }[] = [
  { pattern: /Overflow in|out of range|Out of Range/i, code: "NUMERIC_VALUE_OUT_OF_RANGE" },
  {
    pattern: /must appear in the GROUP BY clause|aggregate/i,
    code: "EXPRESSION_NOT_AGGREGATE",
    message:
      "a column of SELECT, HAVING or ORDER BY must be an aggregate expression or appear in GROUP BY clause",
  },
  {
    pattern: /More than one row returned by a subquery/i,
    code: "SUBQUERY_MULTIPLE_ROWS",
    message: "Scalar sub-query has returned multiple rows",
  },
  { pattern: /Conversion Error/i, code: "INVALID_CAST_ARGUMENT" },
  {
    pattern: /Map keys must be unique/i,
    code: "INVALID_FUNCTION_ARGUMENT",
    message: "Duplicate map keys are not allowed",
  },
  { pattern: /Not implemented|Binder Error|Catalog Error|Parser Error/i, code: "NOT_SUPPORTED" },
  { pattern: /Invalid Input Error/i, code: "INVALID_FUNCTION_ARGUMENT" },
];

/** A failure of DuckDB in Trino's words: what a macro of ours says, what is known, or an internal error. */
export function failureOf(error: unknown): QueryFailure {
  if (error instanceof QueryFailure) return error;
  const text = error instanceof Error ? error.message : String(error);
  const own = /'!([A-Z_]+): ([\s\S]*)!'/.exec(text);
  if (own) return new QueryFailure(own[1] as FailureCode, own[2] ?? "");
  const [first = ""] = text.split("\n");
  const found = known.find(({ pattern }) => pattern.test(first));
  return new QueryFailure(found?.code ?? "GENERIC_INTERNAL_ERROR", found?.message ?? first);
}
