import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import { commonType } from "../types/common-type.ts";
import { convert } from "../types/convert.ts";
import { boolean, displayType } from "../types/trino-type.ts";
import type { Analysis } from "./analysis.ts";
import { checkOrderable, equalSql, unify } from "./equality.ts";
import type { Scope } from "./scope.ts";
import { computed, union, type Typed } from "./typed.ts";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;

/** @throws {QueryFailure} TYPE_MISMATCH, naming the clause, when a value is no boolean. */
export function requireBoolean(value: Typed, what: string, at: Position): Typed {
  if (value.type.kind === "boolean") return value;
  if (value.type.kind === "unknown") return computed(boolean, "CAST(NULL AS BOOLEAN)", [value]);
  throw new QueryFailure(
    "TYPE_MISMATCH",
    `${what} must evaluate to a boolean: actual type ${displayType(value.type)}`,
    at,
  );
}

export function analyzeLogical(expression: Of<"and"> | Of<"or">, scope: Scope, analysis: Analysis): Typed {
  const sides = [expression.left, expression.right].map((side) =>
    requireBoolean(analysis.expression(side, scope), "Logical expression term", side.at),
  );
  return computed(
    boolean,
    `(${sides.map((side) => side.sql).join(` ${expression.kind.toUpperCase()} `)})`,
    sides,
  );
}

export function analyzeComparison(
  { operator, at, ...sides }: Of<"comparison">,
  scope: Scope,
  analysis: Analysis,
): Typed {
  const parts = [analysis.expression(sides.left, scope), analysis.expression(sides.right, scope)] as const;
  return computed(boolean, compareSql(operator, parts[0], parts[1], at), parts);
}

export function compareSql(operator: string, a: Typed, b: Typed, at: Position): string {
  const { left, right, type } = unify(a, b, operator, at);
  if (type.kind === "double" || type.kind === "real") return compareDoubles(operator, [left, a], [right, b]);
  if (operator === "=") return equalSql(left, right, type, at);
  if (operator === "<>") {
    const equal = equalSql(left, right, type, at);
    return equal === `(${left} = ${right})` ? `(${left} <> ${right})` : `(NOT ${equal})`;
  }
  checkOrderable(type, at);
  if (type.kind === "array" || type.kind === "row") {
    throw new QueryFailure(
      "NOT_SUPPORTED",
      `the local Athena does not order ${displayType(type)} by ${operator}`,
      at,
    );
  }
  return `(${left} ${operator} ${right})`;
}

/** DuckDB takes NaN for equal to itself and greater than any number; in Trino a comparison with NaN is false. */
function compareDoubles(operator: string, [left, a]: [string, Typed], [right, b]: [string, Typed]): string {
  const compared = `${left} ${operator} ${right}`;
  const guarded = operator === "<" || operator === "<=" ? ([right, b] as const) : ([left, a] as const);
  if (guarded[1].constant) return `(${compared})`;
  if (operator === "<>") return `(${compared} OR (isnan(${left}) AND ${right} IS NOT NULL))`;
  return `(${compared} AND NOT isnan(${guarded[0]}))`;
}

export function analyzeBetween(
  { value, low, high, negated, at }: Of<"between">,
  scope: Scope,
  analysis: Analysis,
): Typed {
  const [v, l, h] = [value, low, high].map((part) => analysis.expression(part, scope)) as [
    Typed,
    Typed,
    Typed,
  ];
  const sql = `(${compareSql(">=", v, l, at)} AND ${compareSql("<=", v, h, at)})`;
  return computed(boolean, negated ? `(NOT ${sql})` : sql, [v, l, h]);
}

export function analyzeIn({ value, items, negated, at }: Of<"in">, scope: Scope, analysis: Analysis): Typed {
  const left = analysis.expression(value, scope);
  const not = negated ? "NOT " : "";
  if (!Array.isArray(items)) {
    const query = analysis.query(items as Exclude<typeof items, readonly Expression[]>, {
      fields: [],
      parent: scope,
    });
    const [column, ...more] = query.columns;
    if (!column || more.length > 0) {
      const problem = `Multiple columns returned by subquery are not yet supported. Found ${query.columns.length}`;
      throw new QueryFailure("NOT_SUPPORTED", problem, at);
    }
    const inner = computed(column.type, "q.c0", []);
    const sides = unify(left, inner, "IN", at);
    equalSql("a", "b", sides.type, at);
    const sql = `(${sides.left} ${not}IN (SELECT ${sides.right} FROM (${query.sql}) q))`;
    return computed(boolean, sql, [left], { reads: union([left.reads, query.reads, column.reads]) });
  }
  const candidates = (items as readonly Expression[]).map((item) => analysis.expression(item, scope));
  const type = candidates.reduce<ReturnType<typeof commonType>>(
    (t, c) => t && commonType(t, c.type),
    left.type,
  );
  if (!type) {
    const types = candidates.map((candidate) => displayType(candidate.type)).join(", ");
    throw new QueryFailure(
      "TYPE_MISMATCH",
      `IN value and list items must be the same type: ${displayType(left.type)}, ${types}`,
      at,
    );
  }
  const valueSql = convert(left.sql, left.type, type);
  const itemSqls = candidates.map((candidate) => convert(candidate.sql, candidate.type, type));
  const plain =
    equalSql("a", "b", type, at) === "(a = b)" && (left.constant || !["double", "real"].includes(type.kind));
  const sql = plain
    ? `(${valueSql} ${not}IN (${itemSqls.join(", ")}))`
    : `(${not}(${candidates.map((item) => compareSql("=", left, item, at)).join(" OR ")}))`;
  return computed(boolean, sql, [left, ...candidates]);
}

export function analyzeLike(
  { value, pattern, escape, negated, at }: Of<"like">,
  scope: Scope,
  analysis: Analysis,
): Typed {
  const parts = [value, pattern, ...(escape ? [escape] : [])].map((part) => analysis.expression(part, scope));
  for (const part of parts) {
    if (part.type.kind !== "varchar" && part.type.kind !== "unknown") {
      const problem = `Left side of LIKE expression must evaluate to a varchar (actual: ${displayType(part.type)})`;
      throw new QueryFailure("TYPE_MISMATCH", problem, at);
    }
  }
  const [v, p, e] = parts.map((part) => convert(part.sql, part.type, { kind: "varchar" }));
  const like = `${v} ${negated ? "NOT " : ""}LIKE ${p}${e === undefined ? "" : ` ESCAPE ${e}`}`;
  return computed(boolean, `(${like})`, parts);
}

export function analyzeDistinctFrom(expression: Of<"distinctFrom">, scope: Scope, analysis: Analysis): Typed {
  const parts = [
    analysis.expression(expression.left, scope),
    analysis.expression(expression.right, scope),
  ] as const;
  const { left, right } = unify(parts[0], parts[1], "IS DISTINCT FROM", expression.at);
  return computed(boolean, `(${left} IS ${expression.negated ? "NOT " : ""}DISTINCT FROM ${right})`, parts);
}

export function analyzeQuantified(expression: Of<"quantified">, scope: Scope, analysis: Analysis): Typed {
  const { operator, quantifier, at } = expression;
  const left = analysis.expression(expression.left, scope);
  const query = analysis.query(expression.query, { fields: [], parent: scope });
  const [column, ...more] = query.columns;
  if (!column || more.length > 0)
    throw new QueryFailure("NOT_SUPPORTED", "Multiple columns returned by subquery", at);
  const sides = unify(left, computed(column.type, "q.c0", []), operator, at);
  const sql = `(${sides.left} ${operator} ${quantifier} (SELECT ${sides.right} FROM (${query.sql}) q))`;
  return computed(boolean, sql, [left], { reads: union([left.reads, query.reads, column.reads]) });
}
