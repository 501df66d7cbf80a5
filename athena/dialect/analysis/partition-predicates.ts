import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression } from "../parse/syntax-tree.ts";
import { quoteName } from "../../sql/quote.ts";
import type { Analysis } from "./analysis.ts";
import { candidateRelation, type Scan } from "./scan.ts";
import type { Field, Scope } from "./scope.ts";

/** The terms of a condition that all must hold. */
export function conjunctsOf(expression: Expression): Expression[] {
  if (expression.kind !== "and") return [expression];
  return [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)];
}

/**
 * Tells each scan what a condition means for its partitions, so that partitions are left out before any object is read.
 * @param fields the columns of the rows that must meet the condition to be kept.
 */
export function pushPartitionPredicates(
  conjuncts: readonly Expression[],
  fields: readonly Field[],
  analysis: Analysis,
): void {
  const scans = new Set(fields.flatMap((field) => field.partitionOf.map(({ scan }) => scan)));
  for (const scan of scans) {
    const scope = scopeOf(scan, fields);
    for (const conjunct of conjuncts) {
      const implied = impliedSql(conjunct, scope, analysis);
      if (implied !== undefined) scan.partitionPredicates.push(implied);
    }
  }
}

/** The partition columns of one scan, as columns of its candidate partitions. */
function scopeOf(scan: Scan, fields: readonly Field[]): Scope {
  return {
    fields: fields.flatMap((field) => {
      const own = field.partitionOf.find((origin) => origin.scan === scan);
      return own ? [{ ...field, sql: `${candidateRelation}.${quoteName(own.column)}` }] : [];
    }),
  };
}

/** What a condition implies for the partition columns alone. @returns nothing when it implies nothing. */
function impliedSql(expression: Expression, scope: Scope, analysis: Analysis): string | undefined {
  if (expression.kind === "and" || expression.kind === "or") {
    const sides = [expression.left, expression.right].map((side) => impliedSql(side, scope, analysis));
    const [left, right] = sides;
    if (left !== undefined && right !== undefined)
      return `(${left} ${expression.kind.toUpperCase()} ${right})`;
    return expression.kind === "and" ? (left ?? right) : undefined;
  }
  if (isVolatile(expression)) return undefined;
  try {
    const value = analysis.expression(expression, scope);
    return value.type.kind === "boolean" ? value.sql : undefined;
  } catch (error) {
    if (error instanceof QueryFailure) return undefined;
    throw error;
  }
}

const volatileCalls = new Set(["rand", "random", "uuid", "shuffle"]);

/** Whether an expression holds a subquery, or a function that differs from call to call. */
function isVolatile(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(isVolatile);
  if (typeof node !== "object" || node === null) return false;
  const { kind, name } = node as { kind?: unknown; name?: unknown };
  if (kind === "subquery" || kind === "exists" || kind === "query") return true;
  if (kind === "call" && typeof name === "string" && volatileCalls.has(name)) return true;
  return Object.values(node).some(isVolatile);
}
