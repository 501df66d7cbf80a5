import { UnreadableValueError } from "./findings.ts";

/** One statement of an IAM policy document, with every list a list. */
export interface Statement {
  /** How messages call it: its Sid, or its place. */
  readonly label: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Principals by kind (`AWS`, `Service`, `Federated`); `*` alone is `{ AWS: ["*"] }`. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly hasNotPrincipal: boolean;
  /** Operator -> key -> values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

type OneOrMany = string | number | boolean | readonly (string | number | boolean)[];

interface RawStatement {
  Sid?: string;
  Effect?: string;
  Action?: OneOrMany;
  NotAction?: OneOrMany;
  Resource?: OneOrMany;
  NotResource?: OneOrMany;
  Principal?: "*" | Record<string, OneOrMany>;
  NotPrincipal?: unknown;
  Condition?: Record<string, Record<string, OneOrMany>>;
}

/**
 * The statements of a policy document, given as JSON text or as an object.
 * @param property the property that holds it, for the message
 * @throws {UnreadableValueError} when it is no policy document.
 */
export function statementsOf(document: unknown, property: string): Statement[] {
  const parsed = typeof document === "string" ? parseJson(document, property) : document;
  if (typeof parsed !== "object" || parsed === null || !("Statement" in parsed)) {
    throw new UnreadableValueError(`${property} has no Statement`);
  }
  const statements = parsed.Statement as RawStatement | RawStatement[];
  return (Array.isArray(statements) ? statements : [statements]).map(normalised);
}

/** Whether an Allow applies under a condition with one of the keys, in a form that no absent key satisfies. */
export function hasConditionOn(statement: Statement, keys: readonly string[]): boolean {
  const wanted = keys.map((key) => key.toLowerCase());
  return Object.entries(statement.conditions).some(
    ([operator, tests]) =>
      // ...IfExists, Null and the Not... operators hold where the key is absent or anything else.
      /^(ForAnyValue:)?(StringEquals|StringLike|StringEqualsIgnoreCase|ArnEquals|ArnLike)$/i.test(operator) &&
      Object.entries(tests).some(
        ([key, values]) =>
          wanted.includes(key.toLowerCase()) && values.length > 0 && !values.some(isAnyValue),
      ),
  );
}

/** `*`, and an ARN of whatever account: `arn:aws:firehose:*:*:*`. The ARN of a bucket names no account. */
function isAnyValue(value: string): boolean {
  return (
    /^[*?]+$/.test(value) || /^arn:[^:]*:[^:]*:[^:]*:\*(:|$)/.test(value) || /^arn:[^:]*:s3:::\*/.test(value)
  );
}

/** Whether a pattern of actions, in which `*` and `?` are wildcards, means an action. IAM ignores case. */
export function meansAction(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(action);
}

function normalised(raw: RawStatement, index: number): Statement {
  return {
    label: raw.Sid ? `statement ${raw.Sid}` : `statement ${index + 1}`,
    effect: raw.Effect === "Deny" ? "Deny" : "Allow",
    actions: list(raw.Action),
    notActions: list(raw.NotAction),
    resources: list(raw.Resource),
    notResources: list(raw.NotResource),
    principals: principalsOf(raw.Principal),
    hasNotPrincipal: raw.NotPrincipal !== undefined,
    conditions: Object.fromEntries(
      Object.entries(raw.Condition ?? {}).map(([operator, tests]) => [
        operator,
        Object.fromEntries(Object.entries(tests).map(([key, values]) => [key, list(values)])),
      ]),
    ),
  };
}

function principalsOf(principal: RawStatement["Principal"]): Record<string, string[]> {
  if (principal === undefined) return {};
  if (typeof principal === "string") return { AWS: [principal] };
  return Object.fromEntries(Object.entries(principal).map(([kind, who]) => [kind, list(who)]));
}

function list(value: OneOrMany | undefined): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function parseJson(text: string, property: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableValueError(`${property} is no JSON`);
  }
}
