import { mayBeAbsent } from "./condition-keys.ts";
import { operators, type Operator } from "./condition-operators.ts";
import { substituteVariables } from "./policy-variables.ts";
import { contextValue, type RequestContext } from "./request.ts";
import { literalPattern, type Pattern, wildcardPattern } from "../../aws/wildcard.ts";

/** One key of one operator in a statement's Condition. */
export interface Condition {
  /** As the policy writes it, for messages: `ForAnyValue:StringEquals aws:CalledVia`. */
  readonly label: string;
  readonly set: "ForAnyValue" | "ForAllValues" | undefined;
  /** `Null` compares nothing: it asks whether the key is there. */
  readonly operator: Operator | "Null";
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
  /** Whether the policy's version knows variables. */
  readonly variables: boolean;
}

/**
 * Reads one key of a Condition.
 * @param name the operator with its set operator and suffix: `ForAllValues:StringLikeIfExists`.
 * @throws {Error} for an operator that AWS does not have, or a value that the operator can't compare.
 */
export function parseCondition(
  name: string,
  key: string,
  values: readonly string[],
  variables: boolean,
): Condition {
  const [, prefix, base = "", suffix] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  const set = prefix as Condition["set"];
  const ifExists = suffix !== undefined;
  const label = `${name} ${key}`;
  if (base === "Null" && !set && !ifExists) {
    const wrong = values.find((value) => !/^(true|false)$/i.test(value));
    if (wrong !== undefined) throw new Error(`${label} is "${wrong}": Null takes true or false`);
    return { label, set, operator: "Null", ifExists, key, values, variables };
  }
  const operator = operators.get(base);
  if (!operator) {
    throw new Error(
      `the condition operator "${name}" is unknown: ${[...operators.keys()].join(", ")} or Null`,
    );
  }
  for (const value of values) {
    try {
      operator.check?.(value);
    } catch (error) {
      throw new Error(`${label}: ${(error as Error).message}`, { cause: error });
    }
  }
  return { label, set, operator, ifExists, key, values, variables };
}

/**
 * Whether the condition holds for a request (IAM guide, "Condition operators" and "Multivalued context keys").
 * @throws {Error} when the request does not say what the key's value is, or has several where one is expected.
 */
export function conditionHolds(condition: Condition, context: RequestContext): boolean {
  const { operator, set, key, label } = condition;
  const value = contextValue(context, key);
  if (value === undefined && !mayBeAbsent(key)) {
    throw new Error(
      `${label}: this call does not say what ${key} is, so the emulator can't evaluate it. ` +
        `Leave the condition out of the local stack, or give the key with the call.`,
    );
  }
  if (operator === "Null") {
    return condition.values.some((wanted) => (value === undefined) === (wanted.toLowerCase() === "true"));
  }
  if (Array.isArray(value) && !set) {
    throw new Error(`${label}: the key has several values, so it needs ForAnyValue: or ForAllValues:`);
  }
  const given: readonly string[] = value === undefined ? [] : typeof value === "string" ? [value] : value;
  const holds = (requestValue: string) => compare(condition, operator, requestValue, context);
  // IfExists changes nothing for a set: it would be asked of each value that is there.
  if (set === "ForAnyValue") return given.some(holds);
  if (set === "ForAllValues") return given.every(holds);
  const [single] = given;
  return single === undefined ? condition.ifExists || operator.negated : holds(single);
}

function compare(
  condition: Condition,
  operator: Operator,
  requestValue: string,
  context: RequestContext,
): boolean {
  const matches = condition.values.some((policyValue) => {
    const pattern = patternOf(condition, operator, policyValue, context);
    if (pattern) return operator.matches(requestValue, pattern);
    if (!operator.negated) return false;
    throw new Error(`${condition.label}: this call has no value for the variable in "${policyValue}"`);
  });
  return matches !== operator.negated;
}

function patternOf(
  condition: Condition,
  operator: Operator,
  value: string,
  context: RequestContext,
): Pattern | undefined {
  if (!operator.variables) return literalPattern(value);
  return condition.variables ? substituteVariables(value, context) : wildcardPattern(value);
}
