import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression, Query, QueryBody, SortItem } from "../parse/syntax-tree.ts";
import { isInteger } from "../types/trino-type.ts";
import { columnSql, type Analysis, type AnalyzedQuery } from "./analysis.ts";
import { emptyScope, type CommonTableBinding, type Field, type Scope } from "./scope.ts";
import { analyzeSelect, type Tail } from "./select.ts";
import { analyzeSetOperation } from "./set-operation.ts";
import { sortSql } from "./sort.ts";
import { union } from "./typed.ts";
import { analyzeValues } from "./values.ts";

/** Analyzes a query with its WITH, ORDER BY and LIMIT. `scope` is what surrounds it. */
export function analyzeQuery(query: Query, scope: Scope, analysis: Analysis): AnalyzedQuery {
  const outer = query.with.length === 0 ? scope : withCommonTables(query, scope);
  const tail: Tail = {
    orderBy: query.orderBy,
    limitSql: [
      query.limit ? ` LIMIT ${rowCount(query.limit, analysis)}` : "",
      query.offset ? ` OFFSET ${rowCount(query.offset, analysis)}` : "",
    ].join(""),
  };
  if (query.body.kind === "select") return analyzeSelect(query.body, tail, outer, analysis);
  return withTail(analyzeBody(query.body, outer, analysis), tail, outer, analysis);
}

function withCommonTables(query: Query, scope: Scope): Scope {
  let inner: Scope = scope;
  for (const table of query.with) {
    const binding: CommonTableBinding = {
      query: table.query,
      scope: inner,
      ...(table.columns && { columns: table.columns }),
    };
    inner = { fields: [], parent: inner, commonTables: new Map([[table.name, binding]]) };
  }
  return inner;
}

function rowCount(expression: Expression, analysis: Analysis): string {
  const value = analysis.expression(expression, emptyScope);
  const number = /^CAST\((\d+) AS /.exec(value.sql)?.[1];
  if (number !== undefined && isInteger(value.type)) return number;
  throw new QueryFailure(
    "INVALID_FUNCTION_ARGUMENT",
    "LIMIT and OFFSET must be integers, 0 or more",
    expression.at,
  );
}

function analyzeBody(body: QueryBody, scope: Scope, analysis: Analysis): AnalyzedQuery {
  switch (body.kind) {
    case "select":
      return analyzeSelect(body, { orderBy: [], limitSql: "" }, scope, analysis);
    case "values":
      return analyzeValues(body, scope, analysis);
    case "parenthesized":
      return analyzeQuery(body.query, scope, analysis);
    case "setOperation": {
      const sides = [body.left, body.right].map((side) => analyzeBody(side, scope, analysis));
      return analyzeSetOperation(body, sides[0] as AnalyzedQuery, sides[1] as AnalyzedQuery, analysis);
    }
  }
}

/** ORDER BY and LIMIT of a query that is no SELECT: over its columns alone. */
function withTail(inner: AnalyzedQuery, tail: Tail, outer: Scope, analysis: Analysis): AnalyzedQuery {
  if (tail.orderBy.length === 0 && tail.limitSql === "") return inner;
  const alias = analysis.alias();
  const fields = inner.columns.map((column, i): Field => ({
    ...column,
    relation: [],
    sql: columnSql(alias, i),
  }));
  const order = orderByOutputs(tail.orderBy, fields, outer, analysis);
  const sql = `SELECT * FROM (${inner.sql}) ${alias}${order.sql}${tail.limitSql}`;
  const limited = tail.limitSql !== "";
  const columns = limited ? inner.columns.map((column) => ({ ...column, partitionOf: [] })) : inner.columns;
  return { sql, columns, reads: union([inner.reads, order.reads]) };
}

function orderByOutputs(
  items: readonly SortItem[],
  fields: readonly Field[],
  outer: Scope,
  analysis: Analysis,
): { sql: string; reads: ReadonlySet<string> } {
  if (items.length === 0) return { sql: "", reads: new Set() };
  const scope: Scope = { fields, parent: outer };
  const { sql, parts } = sortSql(items, (expression) => {
    if (expression.kind !== "integer") return analysis.expression(expression, scope);
    const field = fields[Number(expression.value) - 1];
    if (field) return field;
    throw new QueryFailure(
      "INVALID_COLUMN_REFERENCE",
      `ORDER BY position ${expression.value} is not in select list`,
      expression.at,
    );
  });
  return { sql: ` ORDER BY ${sql}`, reads: union(parts.map((part) => part.reads)) };
}
