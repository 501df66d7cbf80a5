import type { Typed } from "../analysis/typed.ts";
import { QueryFailure } from "../parse/syntax-error.ts";
import type { Expression } from "../parse/syntax-tree.ts";
import type { Position } from "../parse/position.ts";
import { convert } from "../types/convert.ts";
import { commonType } from "../types/common-type.ts";
import { displayType, type TrinoType } from "../types/trino-type.ts";
import { fit, substitute, type Bindings, type Pattern, type Signature } from "./signature.ts";

/** An argument before its function is known: a lambda's types come from the function. */
export type Argument =
  | { readonly kind: "value"; readonly value: Typed }
  | { readonly kind: "lambda"; readonly lambda: Extract<Expression, { kind: "lambda" }> };

/** Analyzes a lambda, given the types of its parameters. */
export type LambdaAnalysis = (
  lambda: Extract<Expression, { kind: "lambda" }>,
  parameters: readonly TrinoType[],
) => { readonly sql: string; readonly body: Typed };

export interface Overload<Definition> {
  readonly definition: Definition;
  readonly sqls: readonly string[];
  readonly values: readonly (Typed | undefined)[];
  readonly bindings: Bindings;
  /** All that the call is computed from, lambda bodies included. */
  readonly parts: readonly Typed[];
}

/**
 * The definition that fits the arguments with the least widening.
 * @throws {QueryFailure} FUNCTION_NOT_FOUND, naming what would fit.
 */
export function chooseOverload<Definition extends { readonly signature: Signature }>(
  definitions: readonly Definition[],
  callArguments: readonly Argument[],
  analyzeLambda: LambdaAnalysis,
  at: Position,
): Overload<Definition> {
  const candidates = definitions.flatMap((definition) => {
    const bindings: Bindings = new Map();
    const cost = totalCost(definition.signature, callArguments, bindings);
    return cost === undefined ? [] : [{ definition, bindings, cost }];
  });
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (a, b) => (a && a.cost <= b.cost ? a : b),
    undefined,
  );
  if (!best) throw noOverload(definitions, callArguments, at);
  return complete(best.definition, best.bindings, callArguments, analyzeLambda, at);
}

function patternAt(signature: Signature, index: number): Pattern | undefined {
  return signature.parameters[index] ?? (signature.variadic ? signature.parameters.at(-1) : undefined);
}

function totalCost(
  signature: Signature,
  callArguments: readonly Argument[],
  bindings: Bindings,
): number | undefined {
  const { parameters, variadic } = signature;
  const count = callArguments.length;
  if (variadic ? count < parameters.length : count !== parameters.length) return undefined;
  let total = 0;
  for (const [i, argument] of callArguments.entries()) {
    const pattern = patternAt(signature, i);
    if (!pattern) return undefined;
    if (argument.kind === "lambda") {
      if (pattern.kind !== "function" || pattern.parameters.length !== argument.lambda.parameters.length)
        return undefined;
      continue;
    }
    const cost = fit(pattern, argument.value.type, bindings);
    if (cost === undefined) return undefined;
    total += cost;
  }
  return total;
}

function complete<Definition extends { readonly signature: Signature }>(
  definition: Definition,
  bindings: Bindings,
  callArguments: readonly Argument[],
  analyzeLambda: LambdaAnalysis,
  at: Position,
): Overload<Definition> {
  const parts: Typed[] = [];
  const lambdas = new Map<number, string>();
  for (const [i, argument] of callArguments.entries()) {
    const pattern = patternAt(definition.signature, i);
    if (argument.kind === "value") parts.push(argument.value);
    else if (pattern?.kind === "function") {
      const types = pattern.parameters.map((parameter) => substitute(parameter, bindings));
      const { sql, body } = analyzeLambda(argument.lambda, types);
      bindResult(pattern.result, body, bindings, at);
      lambdas.set(i, sql);
      parts.push(body);
    }
  }
  const sqls = callArguments.map((argument, i) => {
    if (argument.kind === "lambda") return lambdas.get(i) ?? "";
    const pattern = patternAt(definition.signature, i);
    return argumentSql(argument.value, pattern, bindings);
  });
  const values = callArguments.map((argument) => (argument.kind === "value" ? argument.value : undefined));
  return { definition, sqls, values, bindings, parts };
}

function argumentSql(value: Typed, pattern: Pattern | undefined, bindings: Bindings): string {
  if (!pattern || pattern.kind === "decimal") return value.sql;
  if (pattern.kind === "instant" && value.type.kind === "timestamp with time zone") return value.sql;
  return convert(value.sql, value.type, substitute(pattern, bindings));
}

function bindResult(pattern: Pattern, body: Typed, bindings: Bindings, at: Position): void {
  const expected = pattern.kind === "variable" ? bindings.get(pattern.name) : substitute(pattern, bindings);
  const type = expected ? commonType(expected, body.type) : body.type;
  const widened = type && expected && type.kind !== expected.kind && expected.kind !== "unknown";
  if (!type || widened) {
    const problem = `Unexpected lambda result: ${displayType(body.type)}. Expected: ${expected ? displayType(expected) : ""}`;
    throw new QueryFailure("TYPE_MISMATCH", problem, at);
  }
  if (pattern.kind === "variable") bindings.set(pattern.name, type);
}

function noOverload(
  definitions: readonly { readonly signature: Signature }[],
  callArguments: readonly Argument[],
  at: Position,
): QueryFailure {
  const types = callArguments.map((argument) =>
    argument.kind === "value" ? displayType(argument.value.type) : "function",
  );
  const name = definitions[0]?.signature.name ?? "";
  const expected = definitions
    .map((definition) => definition.signature.text.replace(/ -> .*/, ""))
    .join(", ");
  const problem = `Unexpected parameters (${types.join(", ")}) for function ${name}. Expected: ${expected}`;
  return new QueryFailure("FUNCTION_NOT_FOUND", problem, at);
}
