import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression, Select, SelectItem, SortItem } from "../parse/syntax-tree.ts";
import type { Analysis, AnalyzedQuery, OutputColumn } from "./analysis.ts";
import { groupBySql, isGroupKey } from "./group-by.ts";
import { typedField } from "./names.ts";
import { conjunctsOf, pushPartitionPredicates } from "./partition-predicates.ts";
import { requireBoolean } from "./predicates.ts";
import { analyzeRelation } from "./relation.ts";
import { isQualifiedBy, type Field, type Scope } from "./scope.ts";
import { sortSql } from "./sort.ts";
import { union, type Typed } from "./typed.ts";
import { windowSql } from "./window.ts";

/** What stands behind the body of a query. */
export interface Tail {
  readonly orderBy: readonly SortItem[];
  readonly limitSql: string;
}

interface Output {
  readonly name?: string;
  readonly value: Typed;
  readonly source?: Expression;
}

/** Analyzes one SELECT with the ORDER BY and LIMIT of its query. */
export function analyzeSelect(select: Select, tail: Tail, outer: Scope, analysis: Analysis): AnalyzedQuery {
  const from = select.from && analyzeRelation(select.from, outer, analysis);
  const source: Scope = { fields: from?.fields ?? [], parent: outer };
  const where = select.where && clause(select.where, "WHERE clause", source, analysis);
  if (where?.hasAggregate || where?.hasWindow) {
    throw new QueryFailure(
      "EXPRESSION_NOT_AGGREGATE",
      "WHERE clause cannot contain aggregations, window functions or grouping operations",
      select.where?.at,
    );
  }
  if (select.where) pushPartitionPredicates(conjunctsOf(select.where), source.fields, analysis);

  const named = namedWindows(select, source, analysis);
  const scope: Scope = { ...source, windows: named.windows };
  const outputs = select.items.flatMap((item) => outputsOf(item, scope, analysis));
  const group = select.groupBy && groupBySql(select.groupBy, outputs, scope, analysis);
  const having = select.having && clause(select.having, "HAVING clause", scope, analysis);
  const order = orderBySql(tail.orderBy, outputs, select.distinct, scope, analysis);

  const sql = [
    `SELECT ${select.distinct ? "DISTINCT " : ""}`,
    outputs.map(({ value }, i) => `${value.sql} AS c${i}`).join(", "),
    from ? ` FROM ${from.sql}` : "",
    where ? ` WHERE ${where.sql}` : "",
    group ? ` GROUP BY ${group.sql}` : "",
    having ? ` HAVING ${having.sql}` : "",
    order.sql,
    tail.limitSql,
  ].join("");
  const always = [where, having, ...(group?.parts ?? []), ...order.parts, ...named.parts];
  const values = outputs.map((output) => output.value);
  const grouped = group !== undefined || having !== undefined || values.some((value) => value.hasAggregate);
  const passes = tail.limitSql === "" && !values.some((value) => value.hasWindow);
  return {
    sql,
    columns: outputs.map(({ name, value }): OutputColumn => {
      const unchanged = passes && value.field && (!grouped || (group && isGroupKey(group, value)));
      return {
        ...(name !== undefined && { name }),
        type: value.type,
        reads: value.reads,
        partitionOf: unchanged ? (value.field?.partitionOf ?? []) : [],
      };
    }),
    reads: union([
      from?.reads ?? new Set(),
      ...always.flatMap((part) => (part ? [part.reads] : [])),
      ...(select.distinct ? values.map((value) => value.reads) : []),
    ]),
  };
}

function clause(expression: Expression, what: string, scope: Scope, analysis: Analysis): Typed {
  return requireBoolean(analysis.expression(expression, scope), what, expression.at);
}

function namedWindows(
  select: Select,
  scope: Scope,
  analysis: Analysis,
): { windows: Map<string, string>; parts: readonly Typed[] } {
  const analyzed = select.windows.map(({ name, specification }) => {
    return { name, ...windowSql(specification, scope, analysis, select.at) };
  });
  return {
    windows: new Map(analyzed.map(({ name, sql }) => [name, sql])),
    parts: analyzed.flatMap(({ parts }) => parts),
  };
}

function outputsOf(item: SelectItem, scope: Scope, analysis: Analysis): Output[] {
  if (item.expression) {
    const value = analysis.expression(item.expression, scope);
    const name = item.alias ?? nameOf(item.expression);
    return [{ ...(name !== undefined && { name }), value, source: item.expression }];
  }
  const { qualifier } = item;
  const fields = scope.fields.filter(
    (field) => !field.hidden && (!qualifier || isQualifiedBy(field, qualifier)),
  );
  if (fields.length === 0) {
    if (qualifier)
      throw new QueryFailure(
        "TABLE_NOT_FOUND",
        `Unable to resolve reference ${qualifier.join(".")}`,
        item.at,
      );
    throw new QueryFailure(
      "COLUMN_NOT_FOUND",
      "SELECT * not allowed in queries without FROM clause",
      item.at,
    );
  }
  return fields.map((field: Field) => ({
    ...(field.name !== undefined && { name: field.name }),
    value: typedField(field),
  }));
}

/** The name of a column that the statement does not name: a column keeps its own, anything else has none. */
function nameOf(expression: Expression): string | undefined {
  if (expression.kind === "name") return expression.name;
  return expression.kind === "dereference" ? expression.field : undefined;
}

function orderBySql(
  items: readonly SortItem[],
  outputs: readonly Output[],
  distinct: boolean,
  scope: Scope,
  analysis: Analysis,
): { sql: string; parts: readonly Typed[] } {
  if (items.length === 0) return { sql: "", parts: [] };
  // Output names come first, then the columns of FROM.
  const aliased = outputs.flatMap(({ name, value }): Field[] => {
    return name === undefined
      ? []
      : [{ name, relation: [], type: value.type, sql: value.sql, reads: value.reads, partitionOf: [] }];
  });
  const unique = [...Map.groupBy(aliased, (field) => field.name).values()].flatMap((same) => {
    return same.every((field) => field.sql === same[0]?.sql) ? same.slice(0, 1) : same;
  });
  const sortScope: Scope = {
    fields: unique,
    parent: scope,
    ...(scope.windows && { windows: scope.windows }),
  };
  const { sql, parts } = sortSql(items, (expression) => {
    if (expression.kind === "integer") return outputAt(expression.value, outputs, expression.at);
    const value = analysis.expression(expression, sortScope);
    if (distinct && !outputs.some((output) => output.value.sql === value.sql)) {
      const problem = "For SELECT DISTINCT, ORDER BY expressions must appear in select list";
      throw new QueryFailure("EXPRESSION_NOT_IN_DISTINCT", problem, expression.at);
    }
    return value;
  });
  return { sql: ` ORDER BY ${sql}`, parts };
}

function outputAt(position: string, outputs: readonly Output[], at: Expression["at"]): Typed {
  const output = outputs[Number(position) - 1];
  if (output) return output.value;
  throw new QueryFailure(
    "INVALID_COLUMN_REFERENCE",
    `ORDER BY position ${position} is not in select list`,
    at,
  );
}
