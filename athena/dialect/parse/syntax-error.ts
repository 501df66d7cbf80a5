import type { Position } from "./position.ts";

/** A statement that is no Athena SQL. Athena refuses it in StartQueryExecution, before an execution exists. */
export class StatementSyntaxError extends Error {
  constructor(at: Position, problem: string) {
    super(`line ${at.line}:${at.column}: ${problem}`);
    this.name = "StatementSyntaxError";
  }
}

/** The kinds of failed query that Trino names, and Athena puts in front of the message. */
export type FailureCode =
  | "AMBIGUOUS_NAME"
  | "COLUMN_NOT_FOUND"
  | "CONSTRAINT_VIOLATION"
  | "DIVISION_BY_ZERO"
  | "EXPRESSION_NOT_AGGREGATE"
  | "EXPRESSION_NOT_IN_DISTINCT"
  | "FUNCTION_NOT_FOUND"
  | "GENERIC_INTERNAL_ERROR"
  | "GENERIC_USER_ERROR"
  | "HIVE_BAD_DATA"
  | "HIVE_METASTORE_ERROR"
  | "INVALID_CAST_ARGUMENT"
  | "INVALID_COLUMN_REFERENCE"
  | "INVALID_FUNCTION_ARGUMENT"
  | "INVALID_LITERAL"
  | "INVALID_PARAMETER_USAGE"
  | "MISMATCHED_COLUMN_ALIASES"
  | "NOT_SUPPORTED"
  | "NUMERIC_VALUE_OUT_OF_RANGE"
  | "PERMISSION_DENIED"
  | "SCHEMA_NOT_FOUND"
  | "SUBQUERY_MULTIPLE_ROWS"
  | "TABLE_NOT_FOUND"
  | "TYPE_MISMATCH"
  | "TYPE_NOT_FOUND";

/** A statement that parses and cannot be run: the query execution becomes FAILED with `code: message`. */
export class QueryFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, problem: string, at?: Position) {
    super(`${code}: ${at ? `line ${at.line}:${at.column}: ` : ""}${problem}`);
    this.name = "QueryFailure";
    this.code = code;
  }
}
