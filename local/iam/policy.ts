import { completeArnPattern } from "../../aws/arn.ts";
import { parsePolicyDocument, type PolicyDocument, type PolicyStatement } from "../../aws/policy-document.ts";
import { parseCondition, type Condition } from "./condition.ts";

/** A policy, read and checked. */
export interface Policy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/**
 * One statement of a policy. Exactly one of each pair of an element and its Not-element is there, and ARN patterns are
 * whole; in a trust policy, whose resource is its role, `resources` is `*`.
 */
export interface Statement extends Omit<PolicyStatement, "sid" | "conditions"> {
  /** The policy's name and the statement's Sid or number: `delivery/ReadStream`. */
  readonly label: string;
  readonly conditions: readonly Condition[];
  /** Whether the policy's version knows policy variables. */
  readonly variables: boolean;
}

/** Where a policy stands decides which elements it has. */
export type PolicyKind = "identity" | "resource" | "trust";

/**
 * Reads a policy and refuses what AWS would refuse as a malformed policy document.
 * @param document JSON text, or what it would say.
 * @param origin the resource and input that hold the policy; every error starts with it.
 * @throws {Error} naming the origin, the statement and the rule.
 */
export function parsePolicy(document: unknown, kind: PolicyKind, name: string, origin: string): Policy {
  const { version, statements } = read(document, origin);
  const variables = version === "2012-10-17";
  return {
    name,
    statements: statements.map((statement, index) => {
      const label = `${name}/${statement.sid ?? `statement ${index + 1}`}`;
      try {
        return statementOf(statement, kind, label, variables);
      } catch (error) {
        throw new Error(`${origin}, ${label}: ${(error as Error).message}.`, { cause: error });
      }
    }),
  };
}

function read(document: unknown, origin: string): PolicyDocument {
  try {
    return parsePolicyDocument(document);
  } catch (error) {
    throw new Error(`${origin} ${(error as Error).message}`, { cause: error });
  }
}

function statementOf(
  written: PolicyStatement,
  kind: PolicyKind,
  label: string,
  variables: boolean,
): Statement {
  requireOneOf(written.actions, written.notActions, "Action");
  for (const action of [...written.actions, ...written.notActions]) {
    if (action !== "*" && !/^[\w*?-]+:./.test(action))
      throw new Error(`the action "${action}" names no service`);
  }
  if (kind !== "trust") requireOneOf(written.resources, written.notResources, "Resource");
  else if (written.resources.length + written.notResources.length > 0)
    throw new Error("a trust policy has no Resource");
  checkPrincipals(written, kind);
  return {
    ...written,
    label,
    resources: kind === "trust" ? ["*"] : written.resources.map(completeArn),
    notResources: written.notResources.map(completeArn),
    conditions: Object.entries(written.conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, wanted]) => parseCondition(operator, key, wanted, variables)),
    ),
    variables,
  };
}

function checkPrincipals({ principals, notPrincipals, effect }: PolicyStatement, kind: PolicyKind): void {
  const given = principals ?? notPrincipals;
  if (kind === "identity") {
    if (given) throw new Error("a policy of a role has no Principal");
    return;
  }
  if (!given || (principals && notPrincipals)) throw eitherOr("Principal");
  if (notPrincipals && effect === "Allow") throw new Error("NotPrincipal goes with Deny only");
  for (const principal of given.AWS ?? []) {
    // An account, an ARN, or the unique id that a deleted principal leaves behind (IAM guide, "Principal").
    if (principal === "*" || /^(\d{12}|arn:[^*?]+|A[A-Z0-9]{16,})$/.test(principal)) continue;
    throw new Error(`the principal "${principal}" is neither "*", an account, nor an ARN without wildcards`);
  }
}

function requireOneOf(element: readonly string[], opposite: readonly string[], name: string): void {
  if (element.length > 0 === opposite.length > 0) throw eitherOr(name);
}

function eitherOr(name: string): Error {
  return new Error(`it needs either ${name} or Not${name}`);
}

function completeArn(resource: string): string {
  if (resource === "*") return resource;
  // IAM: "Resource vendor must be fully qualified and cannot contain regexes."
  if (!/^arn:[\w-]+:[\w-]+(:|$)/.test(resource)) {
    throw new Error(
      `the resource "${resource}" is neither "*" nor an ARN that names its partition and service`,
    );
  }
  return completeArnPattern(resource);
}
