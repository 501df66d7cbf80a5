import { QueryFailure, StatementSyntaxError } from "../../../athena/dialect/parse/syntax-error.ts";
import { parseStandaloneExpression, parseStatement } from "../../../athena/dialect/parse/parse-statement.ts";
import type { Statement } from "../../../athena/dialect/parse/statement.ts";
import type { Expression, Query } from "../../../athena/dialect/parse/syntax-tree.ts";

/** A statement with the values of its `?`. */
export interface BoundStatement {
  readonly statement: Exclude<Statement, { kind: "execute" }>;
  readonly parameters: readonly Expression[];
}

/**
 * Puts a prepared statement in place of EXECUTE, and values in place of `?`.
 * @param prepared finds a prepared statement's text.
 * @throws {QueryFailure} INVALID_PARAMETER_USAGE, when values are missing, or for USING when they are too many.
 */
export function bind(
  statement: Statement,
  executionParameters: readonly string[],
  prepared: (name: string) => string | undefined,
): BoundStatement {
  const values = executionParameters.map(parameterExpression);
  if (statement.kind !== "execute") return checked(statement, values, false);
  const text = prepared(statement.name);
  if (text === undefined) {
    throw new QueryFailure(
      "GENERIC_USER_ERROR",
      `PreparedStatement ${statement.name} was not found in the workgroup`,
    );
  }
  const inner = parseStatement(text);
  if (inner.kind === "execute") throw new QueryFailure("NOT_SUPPORTED", "EXECUTE of an EXECUTE");
  const using = statement.arguments.length > 0;
  return checked(inner, using ? statement.arguments : values, using);
}

function checked(
  statement: BoundStatement["statement"],
  parameters: readonly Expression[],
  exactly: boolean,
): BoundStatement {
  const expected = "parameterCount" in statement ? statement.parameterCount : 0;
  // Execution parameters beyond those that the statement has are ignored (aws-semantics 4.2).
  if (parameters.length < expected || (exactly && parameters.length !== expected)) {
    throw new QueryFailure(
      "INVALID_PARAMETER_USAGE",
      `Incorrect number of parameters: expected ${expected} but found ${parameters.length}`,
      { line: 1, column: 1 },
    );
  }
  return { statement, parameters };
}

/**
 * An execution parameter is SQL text: an expression without names is one (`'abc'`, `1+1`, `now()`), anything else a
 * string (`abc`, `it's`). aws-semantics 4.2.
 */
function parameterExpression(text: string): Expression {
  try {
    const expression = parseStandaloneExpression(text);
    if (!hasName(expression)) return expression;
  } catch (error) {
    if (!(error instanceof StatementSyntaxError) && !(error instanceof QueryFailure)) throw error;
  }
  return { kind: "string", value: text, at: { line: 1, column: 1 } };
}

function hasName(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hasName);
  if (typeof node !== "object" || node === null) return false;
  const { kind } = node as { kind?: unknown };
  if (kind === "name" || kind === "dereference" || kind === "parameter" || kind === "query") return true;
  return Object.values(node).some(hasName);
}

/** The query that a statement runs. */
export function queryOf(statement: Statement): Query | undefined {
  if (statement.kind === "select") return statement.query;
  return statement.kind === "explain" ? queryOf(statement.statement) : undefined;
}
