import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression } from "../parse/syntax-tree.ts";
import { boolean } from "../types/trino-type.ts";
import { typeOfNode } from "../types/type-node.ts";
import type { Analysis } from "./analysis.ts";
import { analyzeArithmetic, analyzeNegation } from "./arithmetic.ts";
import { analyzeCall, callFunction } from "./call.ts";
import { castExplicitly } from "./cast.ts";
import { arrayOf, rowOf, subscript } from "./collections.ts";
import { analyzeCase } from "./conditional.ts";
import { analyzeInterval, analyzeLiteral, analyzeTypedLiteral } from "./literals.ts";
import { analyzeName } from "./names.ts";
import {
  analyzeBetween,
  analyzeComparison,
  analyzeDistinctFrom,
  analyzeIn,
  analyzeLike,
  analyzeLogical,
  analyzeQuantified,
  requireBoolean,
} from "./predicates.ts";
import { emptyScope, type Scope } from "./scope.ts";
import { computed, union, type Typed } from "./typed.ts";

/**
 * Gives an expression its Trino type and DuckDB's SQL for it.
 * @throws {QueryFailure} with the kind and the words of Trino's own failure, or NOT_SUPPORTED.
 */
export function analyzeExpression(expression: Expression, scope: Scope, analysis: Analysis): Typed {
  const { at } = expression;
  const child = (part: Expression) => analysis.expression(part, scope);
  switch (expression.kind) {
    case "null":
    case "boolean":
    case "integer":
    case "decimal":
    case "double":
    case "string":
    case "binary":
      return analyzeLiteral(expression);
    case "typed":
      return analyzeTypedLiteral(expression);
    case "interval":
      return analyzeInterval(expression);
    case "parameter":
      return analyzeParameter(expression, analysis);
    case "name":
    case "dereference":
      return analyzeName(expression, scope, analysis);
    case "subscript":
      return subscript(child(expression.base), child(expression.index), expression);
    case "call":
      return analyzeCall(expression, scope, analysis);
    case "lambda":
      throw new QueryFailure(
        "TYPE_MISMATCH",
        "Lambda expression should always be used inside a function",
        at,
      );
    case "row":
      return rowOf(expression.items.map(child));
    case "array":
      return arrayOf(expression.items.map(child), at);
    case "subquery":
      return analyzeSubquery(expression, scope, analysis);
    case "exists": {
      const query = analysis.query(expression.query, { fields: [], parent: scope });
      return computed(boolean, `EXISTS (${query.sql})`, [], { reads: query.reads });
    }
    case "case":
      return analyzeCase(expression, scope, analysis);
    case "cast":
      return castExplicitly(child(expression.value), typeOfNode(expression.type), expression.safe, at);
    case "atTimeZone":
      return callFunction("at_timezone", [child(expression.value), child(expression.zone)], at, analysis);
    case "extract":
      return callFunction(extractFunction(expression.field), [child(expression.value)], at, analysis);
    case "grouping": {
      const names = expression.names.map(child);
      return computed(
        { kind: "integer" },
        `CAST(grouping(${names.map((n) => n.sql).join(", ")}) AS INTEGER)`,
        names,
        {
          hasAggregate: true,
        },
      );
    }
    case "negate":
      return analyzeNegation(child(expression.value), at);
    case "not": {
      const value = requireBoolean(child(expression.value), "Value of logical NOT expression", at);
      return computed(boolean, `(NOT ${value.sql})`, [value]);
    }
    case "arithmetic":
      return analyzeArithmetic(expression, child(expression.left), child(expression.right));
    case "concat":
      return callFunction("concat", [child(expression.left), child(expression.right)], at, analysis);
    case "and":
    case "or":
      return analyzeLogical(expression, scope, analysis);
    case "comparison":
      return analyzeComparison(expression, scope, analysis);
    case "quantified":
      return analyzeQuantified(expression, scope, analysis);
    case "between":
      return analyzeBetween(expression, scope, analysis);
    case "in":
      return analyzeIn(expression, scope, analysis);
    case "like":
      return analyzeLike(expression, scope, analysis);
    case "isNull": {
      const value = child(expression.value);
      return computed(
        boolean,
        `(${value.instantSql ?? value.sql} IS ${expression.negated ? "NOT " : ""}NULL)`,
        [value],
      );
    }
    case "distinctFrom":
      return analyzeDistinctFrom(expression, scope, analysis);
  }
}

function analyzeParameter(
  { index, at }: Extract<Expression, { kind: "parameter" }>,
  analysis: Analysis,
): Typed {
  const value = analysis.options.parameters[index];
  if (!value) throw new QueryFailure("INVALID_PARAMETER_USAGE", "Incorrect number of parameters", at);
  return analysis.expression(value, emptyScope);
}

function analyzeSubquery(
  { query, at }: Extract<Expression, { kind: "subquery" }>,
  scope: Scope,
  analysis: Analysis,
): Typed {
  const analyzed = analysis.query(query, { fields: [], parent: scope });
  const [column, ...more] = analyzed.columns;
  if (!column || more.length > 0) {
    throw new QueryFailure(
      "NOT_SUPPORTED",
      `Multiple columns returned by subquery are not yet supported. Found ${analyzed.columns.length}`,
      at,
    );
  }
  return computed(column.type, `(${analyzed.sql})`, [], { reads: union([analyzed.reads, column.reads]) });
}

const extractFunctions: Readonly<Record<string, string>> = {
  dow: "day_of_week",
  doy: "day_of_year",
  yow: "year_of_week",
  day_of_month: "day",
};

function extractFunction(field: string): string {
  return extractFunctions[field] ?? field;
}
