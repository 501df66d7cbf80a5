import { parseArn } from "../../aws/arn.ts";
import type { Policy, Statement } from "./policy.ts";
import type { AccessRequest } from "./request.ts";
import type { Coverage } from "./principal-match.ts";
import { matchStatement } from "./statement.ts";

/** The kinds of policy as AWS names them in its messages. */
type PolicyType =
  "identity-based policy" | "resource-based policy" | "permissions boundary" | "role trust policy";

/** What came out, and why. */
export interface Decision {
  readonly decision: "allowed" | "implicitDeny" | "explicitDeny";
  /** The kind of policy that allowed, denied, or failed to allow. */
  readonly policyType: PolicyType;
  /** The statement that decided, as `policy/Sid`; absent when none did. */
  readonly by?: string;
  /** One sentence for people. */
  readonly reason: string;
}

/** A request with the policies that are about it. */
export interface Evaluation extends AccessRequest {
  readonly identityPolicies: readonly Policy[];
  /** Bucket policy, key policy, trust policy: what is attached to the resource. */
  readonly resourcePolicies?: readonly Policy[];
  /** The most that the identity-based policies can give; absent when the principal has no boundary. */
  readonly permissionsBoundary?: Policy;
}

interface Applied {
  readonly statement: Statement;
  readonly coverage: Coverage;
}

/**
 * AWS's evaluation logic for a request within one account (IAM guide, "Policy evaluation logic"): an explicit Deny
 * anywhere wins; else the identity-based policies or a resource-based policy that names the principal must allow, and so
 * must a permissions boundary; else the request is denied. A key and a role are stricter: their own policy must allow the
 * principal, or allow the account and so leave it to the identity-based policies (KMS guide, "Default key policy").
 * @throws {Error} when a condition can't be evaluated.
 */
export function evaluate(request: Evaluation): Decision {
  const { identityPolicies, resourcePolicies = [], permissionsBoundary } = request;
  const ownPolicy =
    request.action.toLowerCase() === "sts:assumerole" ? "role trust policy" : "resource-based policy";
  const layers: [PolicyType, readonly Policy[]][] = [
    ["identity-based policy", identityPolicies],
    [ownPolicy, resourcePolicies],
    ["permissions boundary", permissionsBoundary ? [permissionsBoundary] : []],
  ];
  const applied = new Map(layers.map(([type, policies]) => [type, applicable(policies, request)]));
  for (const [policyType, found] of applied) {
    const deny = found.find(({ statement }) => statement.effect === "Deny")?.statement.label;
    if (deny !== undefined) {
      return { decision: "explicitDeny", policyType, by: deny, reason: `${deny} denies ${request.action}.` };
    }
  }

  const allows = (type: PolicyType) =>
    applied.get(type)?.filter(({ statement }) => statement.effect === "Allow") ?? [];
  const denied = (policyType: PolicyType, policies: readonly Policy[]): Decision => ({
    decision: "implicitDeny",
    policyType,
    reason: nearestMiss(policies, request),
  });

  const [identity] = allows("identity-based policy");
  const own = allows(ownPolicy);
  const direct = own.find(({ coverage }) => coverage === "principal");
  if (ownPolicyMustAllow(request) && own.length === 0) return denied(ownPolicy, resourcePolicies);
  const allow = direct ?? identity;
  if (!allow) {
    if ("Service" in request.principal) return denied(ownPolicy, resourcePolicies);
    return denied("identity-based policy", [...identityPolicies, ...resourcePolicies]);
  }
  if (permissionsBoundary && allows("permissions boundary").length === 0) {
    return denied("permissions boundary", [permissionsBoundary]);
  }
  const by = allow.statement.label;
  const policyType = direct ? ownPolicy : "identity-based policy";
  return { decision: "allowed", policyType, by, reason: `${by} allows ${request.action}.` };
}

function applicable(policies: readonly Policy[], request: AccessRequest): Applied[] {
  return policies
    .flatMap(({ statements }) => statements)
    .flatMap((statement) => {
      const match = matchStatement(statement, request);
      return match.applies ? [{ statement, coverage: match.coverage }] : [];
    });
}

function ownPolicyMustAllow({ action, resource }: AccessRequest): boolean {
  const arn = parseArn(resource);
  const isKey = arn?.service === "kms" && arn.resource.startsWith("key/");
  return isKey || /^sts:AssumeRole$/i.test(action);
}

/** Which Allow came nearest and what kept it from applying: the first thing that a reader of a denial looks for. */
function nearestMiss(policies: readonly Policy[], request: AccessRequest): string {
  let nearest = { elementsMatched: 0, text: `No statement is about ${request.action}.` };
  for (const statement of policies.flatMap((policy) => policy.statements)) {
    if (statement.effect === "Deny") continue;
    const match = matchStatement(statement, request);
    if (match.applies || match.elementsMatched <= nearest.elementsMatched) continue;
    const text = `${statement.label} would allow ${request.action}, but ${match.because} does not match.`;
    nearest = { elementsMatched: match.elementsMatched, text };
  }
  return nearest.text;
}
