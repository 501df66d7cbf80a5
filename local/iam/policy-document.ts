import { z } from "zod";
import { parseCondition, type Condition } from "./condition.ts";

/** A policy, read and checked. */
export interface Policy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** One statement of a policy. Exactly one of each pair of an element and its Not-element is there. */
export interface Statement {
  /** The policy's name and the statement's Sid or number: `delivery/ReadStream`. */
  readonly label: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly excludesActions: boolean;
  /** ARN patterns; `["*"]` in a trust policy, whose resource is its role. */
  readonly resources: readonly string[];
  readonly excludesResources: boolean;
  /** Absent in an identity-based policy. */
  readonly principals: Principals | undefined;
  readonly excludesPrincipals: boolean;
  readonly conditions: readonly Condition[];
  /** Whether the policy's version knows policy variables. */
  readonly variables: boolean;
}

export type Principals = Readonly<
  Partial<Record<"AWS" | "Service" | "Federated" | "CanonicalUser", readonly string[] | undefined>>
>;

/** Where a policy stands decides which elements it has. */
export type PolicyKind = "identity" | "resource" | "trust";

const asList = (given: unknown): unknown[] => (Array.isArray(given) ? given : [given]);
const listOf = <T extends z.ZodType>(value: T) => z.preprocess(asList, z.array(value).min(1));
const texts = listOf(z.string());
const values = listOf(z.union([z.string(), z.number(), z.boolean()]).transform(String));
const principals = z.union([
  z.literal("*").transform(() => ({ AWS: ["*"] })),
  z.strictObject({ AWS: texts, Service: texts, Federated: texts, CanonicalUser: texts }).partial(),
]);
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).default({}),
});
const documentSchema = z.strictObject({
  // The older version, which is also the default, has no policy variables (IAM guide, "Version").
  Version: z.enum(["2012-10-17", "2008-10-17"]).default("2008-10-17"),
  Id: z.string().optional(),
  Statement: z.preprocess(asList, z.array(statementSchema)),
});

/**
 * Reads a policy and refuses what AWS would refuse as a malformed policy document.
 * @param document JSON text, or what it would say.
 * @param origin the resource and input that hold the policy; every error starts with it.
 * @throws {Error} naming the origin, the statement and the rule.
 */
export function parsePolicy(document: unknown, kind: PolicyKind, name: string, origin: string): Policy {
  const result = documentSchema.safeParse(
    typeof document === "string" ? parseJson(document, origin) : document,
  );
  if (!result.success) throw new Error(`${origin} is no IAM policy:\n${z.prettifyError(result.error)}`);
  const variables = result.data.Version === "2012-10-17";
  const statements = result.data.Statement.map((raw, index) => {
    const label = `${name}/${raw.Sid ?? `statement ${index + 1}`}`;
    try {
      return statementOf(raw, kind, label, variables);
    } catch (error) {
      throw new Error(`${origin}, ${label}: ${(error as Error).message}.`, { cause: error });
    }
  });
  return { name, statements };
}

function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${origin} is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

function statementOf(
  raw: z.output<typeof statementSchema>,
  kind: PolicyKind,
  label: string,
  variables: boolean,
): Statement {
  const actions = oneOf(raw.Action, raw.NotAction, "Action");
  for (const action of actions) {
    if (action !== "*" && !/^[\w*?-]+:./.test(action))
      throw new Error(`the action "${action}" names no service`);
  }
  const resources =
    kind === "trust"
      ? (none([raw.Resource, raw.NotResource], "Resource", "a trust policy") ?? ["*"])
      : oneOf(raw.Resource, raw.NotResource, "Resource");
  const principals =
    kind === "identity"
      ? none([raw.Principal, raw.NotPrincipal], "Principal", "a policy of a role")
      : oneOf(raw.Principal, raw.NotPrincipal, "Principal");
  if (raw.NotPrincipal && raw.Effect === "Allow") throw new Error("NotPrincipal goes with Deny only");
  return {
    label,
    effect: raw.Effect,
    actions,
    excludesActions: raw.NotAction !== undefined,
    resources: resources.map(completeArn),
    excludesResources: raw.NotResource !== undefined,
    principals: principals && checkedPrincipals(principals),
    excludesPrincipals: raw.NotPrincipal !== undefined,
    conditions: Object.entries(raw.Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, wanted]) => parseCondition(operator, key, wanted, variables)),
    ),
    variables,
  };
}

function oneOf<T>(element: T | undefined, opposite: T | undefined, name: string): T {
  const given = element ?? opposite;
  if (given !== undefined && (element === undefined || opposite === undefined)) return given;
  throw new Error(`it needs either ${name} or Not${name}`);
}

function none(elements: unknown[], name: string, where: string): undefined {
  if (elements.some((element) => element !== undefined)) throw new Error(`${where} has no ${name}`);
}

/** An ARN of fewer than six parts covers all that could follow (IAM guide, "Resource"). */
function completeArn(resource: string): string {
  if (resource === "*") return resource;
  // IAM: "Resource vendor must be fully qualified and cannot contain regexes."
  if (!/^arn:[\w-]+:[\w-]+(:|$)/.test(resource)) {
    throw new Error(
      `the resource "${resource}" is neither "*" nor an ARN that names its partition and service`,
    );
  }
  return resource + ":*".repeat(Math.max(0, 6 - resource.split(":").length));
}

function checkedPrincipals(principals: Principals): Principals {
  for (const principal of principals.AWS ?? []) {
    // An account, an ARN, or the unique id that a deleted principal leaves behind (IAM guide, "Principal").
    if (principal === "*" || /^(\d{12}|arn:[^*?]+|A[A-Z0-9]{16,})$/.test(principal)) continue;
    throw new Error(`the principal "${principal}" is neither "*", an account, nor an ARN without wildcards`);
  }
  return principals;
}
