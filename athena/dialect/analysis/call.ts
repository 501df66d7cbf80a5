import { aggregateFunctions } from "../functions/aggregates.ts";
import type { AggregateDefinition, BoundCall } from "../functions/definition.ts";
import { chooseOverload, type Argument, type LambdaAnalysis, type Overload } from "../functions/overload.ts";
import { scalarFunctions } from "../functions/scalars.ts";
import { substitute } from "../functions/signature.ts";
import { windowFunctions } from "../functions/windows.ts";
import { QueryFailure } from "../parse/syntax-error.ts";
import type { Call, Expression } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import { displayType, duckdbType, type TrinoType } from "../types/trino-type.ts";
import type { Analysis } from "./analysis.ts";
import { analyzeConditionalCall } from "./conditional.ts";
import { stringLiteral } from "./literals.ts";
import { requireBoolean } from "./predicates.ts";
import type { Scope } from "./scope.ts";
import { computed, type Typed } from "./typed.ts";
import { overSql } from "./window.ts";

/** @throws {QueryFailure} FUNCTION_NOT_FOUND, for functions that Athena has not, or that the local Athena has not. */
export function analyzeCall(call: Call, scope: Scope, analysis: Analysis): Typed {
  const { name, at } = call;
  const callArguments = call.arguments.map((argument): Argument => {
    if (argument.kind === "lambda") return { kind: "lambda", lambda: argument };
    return { kind: "value", value: analysis.expression(argument, scope) };
  });
  const values = callArguments.flatMap((argument) => (argument.kind === "value" ? [argument.value] : []));
  const lambdas: LambdaAnalysis = (lambda, types) => analyzeLambda(lambda, types, scope, analysis);

  const definitions = windowFunctions.get(name) ?? aggregateFunctions.get(name);
  if (definitions) {
    const starred = call.star ? definitions.filter((d) => d.signature.parameters.length === 0) : definitions;
    return analyzeAggregate(call, chooseOverload(starred, callArguments, lambdas, at), scope, analysis);
  }
  if (call.distinct || call.orderBy.length > 0 || call.filter || call.over !== undefined || call.star) {
    throw new QueryFailure(
      "FUNCTION_NOT_FOUND",
      `Function '${name}' is not an aggregate or window function`,
      at,
    );
  }
  return (
    tryCall(name, values, at) ??
    analyzeConditionalCall(name, values, at) ??
    scalar(name, callArguments, lambdas, at, analysis)
  );
}

function tryCall(name: string, values: readonly Typed[], at: Position): Typed | undefined {
  const [value, ...more] = values;
  if (name !== "try" && name !== "typeof") return undefined;
  if (!value || more.length > 0) {
    throw new QueryFailure(
      "INVALID_FUNCTION_ARGUMENT",
      `The '${name}' function must have exactly one argument`,
      at,
    );
  }
  if (name === "try") return computed(value.type, `TRY(${value.sql})`, [value]);
  return stringLiteral(displayType(value.type));
}

/** Calls a scalar function by its name: what operators and special syntax mean. */
export function callFunction(
  name: string,
  values: readonly Typed[],
  at: Position,
  analysis: Analysis,
): Typed {
  const noLambda: LambdaAnalysis = () => {
    throw new Error("an operator has no lambda");
  };
  return scalar(
    name,
    values.map((value) => ({ kind: "value", value })),
    noLambda,
    at,
    analysis,
  );
}

function scalar(
  name: string,
  callArguments: readonly Argument[],
  lambdas: LambdaAnalysis,
  at: Position,
  analysis: Analysis,
): Typed {
  const definitions = scalarFunctions.get(name);
  if (!definitions) {
    throw new QueryFailure(
      "FUNCTION_NOT_FOUND",
      `Function '${name}' not registered (or not in the local Athena)`,
      at,
    );
  }
  const overload = chooseOverload(definitions, callArguments, lambdas, at);
  const { definition, sqls, bindings, parts } = overload;
  const type = substitute(definition.signature.result, bindings);
  if (typeof definition.sql === "string") return computed(type, fill(definition.sql, sqls), parts);
  const produced = definition.sql(boundCall(overload, at, analysis));
  if (typeof produced === "string") return computed(type, produced, parts);
  const more = produced.instantSql === undefined ? {} : { instantSql: produced.instantSql };
  return computed(produced.type ?? type, produced.sql, parts, more);
}

function boundCall(overload: Overload<unknown>, at: Position, analysis: Analysis): BoundCall {
  const { sqls, values, bindings } = overload;
  const { startedAt } = analysis.options;
  const text = (index: number) => {
    const value = values[index]?.text;
    if (value !== undefined) return value;
    throw new QueryFailure(
      "NOT_SUPPORTED",
      `the local Athena takes argument ${index + 1} as a string literal only`,
      at,
    );
  };
  return { sqls, values, bindings, startedAt, at, text };
}

/** Puts arguments into a template: `$1`, `$2`, and `$*` for all. */
function fill(template: string, sqls: readonly string[]): string {
  return template.replaceAll(/\$(\d|\*)/g, (_, which: string) => {
    return which === "*" ? sqls.join(", ") : (sqls[Number(which) - 1] ?? "NULL");
  });
}

function analyzeLambda(
  lambda: Extract<Expression, { kind: "lambda" }>,
  types: readonly TrinoType[],
  scope: Scope,
  analysis: Analysis,
): { sql: string; body: Typed } {
  const fields = lambda.parameters.map((name, i) => ({
    name,
    relation: [],
    type: types[i] ?? ({ kind: "unknown" } as const),
    sql: analysis.alias(),
    reads: new Set<string>(),
    partitionOf: [],
  }));
  const body = analysis.expression(lambda.body, { fields, parent: scope });
  const names = fields.map((field) => field.sql);
  return { sql: `lambda ${names.join(", ")}: ${body.sql}`, body };
}

function analyzeAggregate(
  call: Call,
  { definition, sqls, values, bindings, parts }: Overload<AggregateDefinition>,
  scope: Scope,
  analysis: Analysis,
): Typed {
  const { at } = call;
  if (definition.windowOnly && call.over === undefined) {
    throw new QueryFailure("FUNCTION_NOT_FOUND", `Window function ${call.name} requires an OVER clause`, at);
  }
  const nested = parts.find((part) => part.hasAggregate && call.over === undefined);
  if (nested)
    throw new QueryFailure(
      "GENERIC_USER_ERROR",
      `Cannot nest aggregations inside aggregation '${call.name}'`,
      at,
    );
  const filter =
    call.filter && requireBoolean(analysis.expression(call.filter, scope), "FILTER expression", at);
  const order = analysis.sortItems(call.orderBy, scope);
  const over = call.over === undefined ? undefined : overSql(call.over, scope, analysis, at);

  const conditions = [filter?.sql, definition.filter && fill(definition.filter, sqls)].filter(
    (sql) => sql !== undefined,
  );
  const inside = [
    call.distinct ? "DISTINCT " : "",
    fill(definition.arguments ?? "$*", sqls),
    order.sql === "" ? "" : ` ORDER BY ${order.sql}`,
    call.ignoreNulls ? " IGNORE NULLS" : "",
  ].join("");
  const where = conditions.length === 0 ? "" : ` FILTER (WHERE ${conditions.join(" AND ")})`;
  const sql = `${definition.aggregate}(${inside})${where}${over ? ` OVER ${over.sql}` : ""}`;
  const type =
    definition.type?.(
      bindings,
      values.flatMap((value) => value ?? []),
    ) ?? substitute(definition.signature.result, bindings);
  const result =
    definition.result?.replaceAll(/\$(type)?/g, (_, named) => (named ? duckdbType(type) : sql)) ?? sql;
  const all = [...parts, ...(filter ? [filter] : []), ...order.parts, ...(over?.parts ?? [])];
  return computed(type, result, all, over ? { hasWindow: true } : { hasAggregate: true });
}
