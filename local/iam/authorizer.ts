import type { DeploymentDocument } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { AccessDenied } from "./access-denied.ts";
import { contextOfCall, contextOfPrincipal, contextOfTags } from "./call-context.ts";
import type { Assumption, Call, EvaluatedCall } from "./calls.ts";
import { evaluate, type Decision } from "./evaluate.ts";
import { policiesOf, type RolePolicies } from "./identity-policies.ts";
import { textInput } from "./plan-text.ts";
import { parsePolicy, type Policy } from "./policy.ts";
import { bucketOfArn, partsOfArn } from "../../aws/arn.ts";
import { type Principal } from "./request.ts";
import { resourcePoliciesFor } from "./resource-policies.ts";
import { findRole, roleOf, type PlannedRole } from "./role.ts";

/** Evaluates calls by the policies that a plan declares: denied here means denied on AWS. */
export interface Authorizer {
  /** Whether a role may do something. @throws {Error} when the plan can't tell. */
  readonly authorize: (call: Call) => Decision;
  /** Whether someone may become a role. @throws {Error} when the plan can't tell. */
  readonly assumeRole: (assumption: Assumption) => Decision;
  /** Evaluates calls in their order. @throws {AccessDenied} for the first one that is denied. */
  readonly authorizeAll: (calls: Iterable<EvaluatedCall>) => void;
}

/**
 * An authorizer for a plan. Policies are read when they are first needed, and once.
 * @param now the time of the calls, for conditions on it. Default: the clock.
 */
export function createAuthorizer(plan: DeploymentDocument, now: () => Date = () => new Date()): Authorizer {
  const role = remembered((nameOrArn: string) => roleOf(plan, nameOrArn));
  const policies = remembered((roleArn: string): RolePolicies => policiesOf(plan, roleArn));
  const attached = remembered((arn: string) => resourcePoliciesFor(plan, arn));
  const buckets = resourcesOfType(plan, "aws:s3/bucket:Bucket").map((bucket) => textInput(bucket, "bucket"));

  /** The account of a bucket, whose ARN names none. */
  const ownerOf = (caller: PlannedRole, resource: string) =>
    buckets.includes(bucketOfArn(resource)) ? caller.account : undefined;

  const authorize = ({ role: nameOrArn, action, resource, context }: Call): Decision => {
    const caller = role(nameOrArn);
    const principal = sessionOf(caller);
    requireSameAccount(caller.account, resource);
    const { identity, permissionsBoundary } = policies(caller.arn);
    return evaluate({
      principal,
      action,
      resource,
      context: {
        ...contextOfPrincipal(principal),
        ...contextOfTags(caller),
        "aws:ViaAWSService": "false",
        ...contextOfCall(resource, ownerOf(caller, resource), now()),
        ...context,
      },
      identityPolicies: identity,
      // An object's policy is its bucket's: so one entry a bucket is remembered, not one an object.
      resourcePolicies: attached(resource.replace(/^(arn:[^:]+:s3:::[^/]+)\/.*/s, "$1")),
      ...(permissionsBoundary && { permissionsBoundary }),
    });
  };

  const assumeRole = ({ role: nameOrArn, principal, context }: Assumption): Decision => {
    const { arn, account } = role(nameOrArn);
    if ("AWS" in principal) requireSameAccount(account, principal.AWS);
    const caller = "AWS" in principal ? findRole(plan, principal.AWS) : undefined;
    const boundary = caller && policies(caller.arn).permissionsBoundary;
    const who = caller ? sessionOf(caller) : principal;
    return evaluate({
      principal: who,
      action: "sts:AssumeRole",
      resource: arn,
      context: {
        ...contextOfPrincipal(who),
        ...(caller && contextOfTags(caller)),
        ...contextOfCall(arn, undefined, now()),
        ...context,
      },
      identityPolicies: caller ? policies(caller.arn).identity : policiesOutsideOfThePlan(principal),
      resourcePolicies: [policies(arn).trust],
      ...(boundary && { permissionsBoundary: boundary }),
    });
  };

  const authorizeAll = (calls: Iterable<EvaluatedCall>): void => {
    for (const call of calls) {
      const decision = "principal" in call ? assumeRole(call) : authorize(call);
      if (decision.decision === "allowed") continue;
      const denied =
        "principal" in call
          ? { user: nameOf(call.principal), action: "sts:AssumeRole", resource: role(call.role).arn }
          : { user: role(call.role).sessionArn, action: call.action, resource: call.resource };
      throw new AccessDenied({ ...denied, decision });
    }
  };

  return { authorize, assumeRole, authorizeAll };
}

function sessionOf({ sessionArn, arn }: PlannedRole): Principal & { AWS: string } {
  return { AWS: sessionArn, roleArn: arn };
}

function nameOf(principal: Principal): string {
  return "Service" in principal ? principal.Service : principal.AWS;
}

/** Across accounts both sides must allow, and the plan holds one side only. */
function requireSameAccount(account: string, resource: string): void {
  const other = resource === "*" ? "" : partsOfArn(resource).account;
  if (other === "" || other === account) return;
  throw new Error(
    `${resource} is in account ${other}, the role in ${account}: the emulator evaluates one account only.`,
  );
}

/**
 * What a user may do that the plan does not declare is not the plan's matter. Where the trust policy leaves it to the
 * account, such a user is taken to be allowed.
 */
function policiesOutsideOfThePlan(principal: Principal): Policy[] {
  if ("Service" in principal) return [];
  const name = `policies of ${principal.AWS}, which the plan does not declare`;
  const Statement = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" };
  return [parsePolicy({ Statement }, "identity", name, name)];
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
