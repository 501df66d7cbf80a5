import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression } from "../parse/syntax-tree.ts";
import type { Analysis } from "./analysis.ts";
import { fieldOf } from "./collections.ts";
import { resolve, type Field, type Scope } from "./scope.ts";
import type { Typed } from "./typed.ts";

/** `a`, `t.a`, `db.t.a`, and fields of rows behind them. @throws {QueryFailure} COLUMN_NOT_FOUND */
export function analyzeName(
  expression: Extract<Expression, { kind: "name" | "dereference" }>,
  scope: Scope,
  analysis: Analysis,
): Typed {
  const parts = partsOf(expression);
  if (parts) {
    const field = resolve(scope, parts, expression.at);
    if (field) return typedField(field);
  }
  if (expression.kind === "dereference" && (!parts || resolvesPrefix(parts, scope, expression))) {
    const base = analysis.expression(expression.base, scope);
    const value = fieldOf(base, expression.field);
    if (value) return value;
    if (!parts) {
      throw new QueryFailure(
        "TYPE_MISMATCH",
        `Expression is not of type ROW, or has no field '${expression.field}'`,
        expression.at,
      );
    }
  }
  const at = parts ? startOf(expression) : expression.at;
  throw new QueryFailure("COLUMN_NOT_FOUND", `Column '${parts?.join(".") ?? ""}' cannot be resolved`, at);
}

/** The parts of `a.b.c`. @returns nothing when something else than names stands before the last dot. */
function partsOf(expression: Expression): string[] | undefined {
  if (expression.kind === "name") return [expression.name];
  if (expression.kind !== "dereference") return undefined;
  const base = partsOf(expression.base);
  return base && [...base, expression.field];
}

function startOf(expression: Expression): Expression["at"] {
  return expression.kind === "dereference" ? startOf(expression.base) : expression.at;
}

function resolvesPrefix(parts: readonly string[], scope: Scope, expression: Expression): boolean {
  return parts.slice(1).some((_, i) => resolve(scope, parts.slice(0, i + 1), expression.at) !== undefined);
}

export function typedField(field: Field): Typed {
  return {
    sql: field.sql,
    type: field.type,
    reads: field.reads,
    field,
    ...(field.instantSql !== undefined && { instantSql: field.instantSql }),
  };
}
