import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression, GroupingElement } from "../parse/syntax-tree.ts";
import type { Analysis } from "./analysis.ts";
import type { Scope } from "./scope.ts";
import type { Typed } from "./typed.ts";

export interface Grouping {
  readonly sql: string;
  readonly parts: readonly Typed[];
  /** Whether every row is in just one group of each key's value. */
  readonly plain: boolean;
}

/** GROUP BY: numbers are positions of the select list, names are columns of FROM, never output names. */
export function groupBySql(
  elements: readonly GroupingElement[],
  outputs: readonly { readonly value: Typed }[],
  scope: Scope,
  analysis: Analysis,
): Grouping {
  const parts: Typed[] = [];
  const key = (expression: Expression): string => {
    const value =
      expression.kind === "integer"
        ? atPosition(expression.value, outputs, expression.at)
        : analysis.expression(expression, scope);
    if (value.hasAggregate || value.hasWindow) {
      const problem = "GROUP BY clause cannot contain aggregations, window functions or grouping operations";
      throw new QueryFailure("EXPRESSION_NOT_AGGREGATE", problem, expression.at);
    }
    checkGroupable(value, expression.at);
    parts.push(value);
    return value.sql;
  };
  const set = (expressions: readonly Expression[]) => {
    const keys = expressions.map(key);
    return keys.length === 1 ? (keys[0] ?? "()") : `(${keys.join(", ")})`;
  };
  const sqls = elements.map((element) => {
    if (element.kind === "simple")
      return element.expressions.length === 0 ? "()" : element.expressions.map(key).join(", ");
    const word = { rollup: "ROLLUP", cube: "CUBE", sets: "GROUPING SETS" }[element.kind];
    return `${word} (${element.sets.map(set).join(", ")})`;
  });
  return { sql: sqls.join(", "), parts, plain: elements.every((element) => element.kind === "simple") };
}

/** Whether a value is a key that each row of a group shares. */
export function isGroupKey(grouping: Grouping, value: Typed): boolean {
  return grouping.plain && grouping.parts.some((part) => part.sql === value.sql);
}

function atPosition(
  position: string,
  outputs: readonly { readonly value: Typed }[],
  at: Expression["at"],
): Typed {
  const output = outputs[Number(position) - 1];
  if (output) return output.value;
  throw new QueryFailure(
    "INVALID_COLUMN_REFERENCE",
    `GROUP BY position ${position} is not in select list`,
    at,
  );
}

function checkGroupable(value: Typed, at: Expression["at"]): void {
  const { type } = value;
  if (type.kind === "json" || (type.kind === "timestamp with time zone" && type.zone === undefined)) {
    const problem =
      "the local Athena does not group by json, nor by instants whose zones differ: cast, or use AT TIME ZONE";
    throw new QueryFailure("NOT_SUPPORTED", problem, at);
  }
}
