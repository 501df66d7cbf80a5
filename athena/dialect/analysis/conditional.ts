import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import { commonType } from "../types/common-type.ts";
import { convert } from "../types/convert.ts";
import { displayType, type TrinoType } from "../types/trino-type.ts";
import type { Analysis } from "./analysis.ts";
import { compareSql, requireBoolean } from "./predicates.ts";
import type { Scope } from "./scope.ts";
import { computed, type Typed } from "./typed.ts";

/** The one type of several results. @throws {QueryFailure} TYPE_MISMATCH */
export function commonResultType(results: readonly Typed[], what: string, at: Position): TrinoType {
  let type: TrinoType = { kind: "unknown" };
  for (const result of results) {
    const wider = commonType(type, result.type);
    if (!wider) {
      const problem =
        `${what} must be the same type or coercible to a common type. ` +
        `Cannot find common type between ${displayType(type)} and ${displayType(result.type)}`;
      throw new QueryFailure("TYPE_MISMATCH", problem, at);
    }
    type = wider;
  }
  return type;
}

export function analyzeCase(
  expression: Extract<Expression, { kind: "case" }>,
  scope: Scope,
  analysis: Analysis,
): Typed {
  const operand = expression.operand && analysis.expression(expression.operand, scope);
  const conditions = expression.branches.map(({ when }) => {
    const condition = analysis.expression(when, scope);
    if (!operand) return requireBoolean(condition, "CASE WHEN clause", when.at);
    return computed({ kind: "boolean" }, compareSql("=", operand, condition, when.at), [operand, condition]);
  });
  const results = expression.branches.map(({ then }) => analysis.expression(then, scope));
  const otherwise = expression.otherwise && analysis.expression(expression.otherwise, scope);
  const all = otherwise ? [...results, otherwise] : results;
  const type = commonResultType(all, "All CASE results", expression.at);
  const branches = conditions.map((condition, i) => {
    const result = results[i] as Typed;
    return `WHEN ${condition.sql} THEN ${convert(result.sql, result.type, type)}`;
  });
  const rest = otherwise ? ` ELSE ${convert(otherwise.sql, otherwise.type, type)}` : "";
  return computed(
    type,
    `(CASE ${branches.join(" ")}${rest} END)`,
    [...conditions, ...all],
    inheritedLiteral(all),
  );
}

/** IF, COALESCE and NULLIF: calls in syntax, whose arguments share one type. */
export function analyzeConditionalCall(
  name: string,
  parts: readonly Typed[],
  at: Position,
): Typed | undefined {
  switch (name) {
    case "if": {
      const [condition, ...results] = parts;
      if (!condition || results.length < 1 || results.length > 2) {
        throw new QueryFailure(
          "INVALID_FUNCTION_ARGUMENT",
          "Invalid number of arguments for 'if' function",
          at,
        );
      }
      const checked = requireBoolean(condition, "IF condition", at);
      const type = commonResultType(results, "Result types for IF", at);
      const [then, otherwise] = results.map((result) => convert(result.sql, result.type, type));
      return computed(type, `(CASE WHEN ${checked.sql} THEN ${then} ELSE ${otherwise ?? "NULL"} END)`, parts);
    }
    case "coalesce": {
      if (parts.length < 2) {
        throw new QueryFailure(
          "INVALID_FUNCTION_ARGUMENT",
          "The 'coalesce' function must have at least two arguments",
          at,
        );
      }
      const type = commonResultType(parts, "All COALESCE operands", at);
      const sqls = parts.map((part) => convert(part.sql, part.type, type));
      return computed(type, `coalesce(${sqls.join(", ")})`, parts, inheritedLiteral(parts));
    }
    case "nullif": {
      const [value, other, ...more] = parts;
      if (!value || !other || more.length > 0) {
        throw new QueryFailure(
          "INVALID_FUNCTION_ARGUMENT",
          "Invalid number of arguments for 'nullif' function",
          at,
        );
      }
      return computed(
        value.type,
        `(CASE WHEN ${compareSql("=", value, other, at)} THEN NULL ELSE ${value.sql} END)`,
        parts,
      );
    }
    default:
      return undefined;
  }
}

function inheritedLiteral(parts: readonly Typed[]): Partial<Typed> {
  return parts.some((part) => part.decimalLiteral) ? { decimalLiteral: true } : {};
}
