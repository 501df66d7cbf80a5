import { parseArn } from "../../aws/arn.ts";
import { nameOf, type DeploymentDocument, type PlannedResource } from "../../plan/deployment.ts";
import { requiredString, resourcesOfType } from "../../plan/resources.ts";
import { arnOutput, describe, physicalName, textInput } from "./plan-text.ts";
import { parsePolicy, type Policy } from "./policy.ts";
import { roleOf } from "./role.ts";

/** All that the plan declares about what a role may do and who may assume it. */
export interface RolePolicies {
  readonly trust: Policy;
  /** Inline and managed policies. */
  readonly identity: readonly Policy[];
  readonly permissionsBoundary: Policy | undefined;
}

/**
 * The policies that the plan declares for a role.
 * @throws {Error} when a policy is malformed, not known yet, or managed by someone else so that the plan lacks its text.
 */
export function policiesOf(plan: DeploymentDocument, roleNameOrArn: string): RolePolicies {
  const { name, resource } = roleOf(plan, roleNameOrArn);
  const boundary = textInput(resource, "permissionsBoundary");
  return {
    trust: read(resource, "assumeRolePolicy", "trust", `${name}/trust`),
    identity: [
      ...inlinePoliciesOfRole(resource),
      ...resourcesOfType(plan, "aws:iam/rolePolicy:RolePolicy")
        .filter((policy) => textInput(policy, "role") === name)
        .map((policy) => read(policy, "policy", "identity", physicalName(policy) ?? nameOf(policy.urn))),
      ...attachments(plan, name, resource).map(({ arn, by }) => managedPolicy(plan, arn, by)),
    ],
    permissionsBoundary: boundary === undefined ? undefined : managedPolicy(plan, boundary, resource),
  };
}

function read(resource: PlannedResource, input: string, kind: "identity" | "trust", name: string): Policy {
  const document = textInput(resource, input) ?? resource.inputs[input];
  return parsePolicy(document, kind, name, `${describe(resource)}, ${input}`);
}

function inlinePoliciesOfRole(role: PlannedResource): Policy[] {
  const inline = (role.inputs["inlinePolicies"] ?? []) as { name?: string; policy?: unknown }[];
  return inline.map(({ name = "inline", policy }, index) =>
    parsePolicy(policy, "identity", name, `${describe(role)}, inlinePolicies[${index}]`),
  );
}

interface Attachment {
  readonly arn: string;
  readonly by: PlannedResource;
}

function attachments(plan: DeploymentDocument, roleName: string, role: PlannedResource): Attachment[] {
  const ofRole = (role.inputs["managedPolicyArns"] ?? []) as string[];
  const toOne = resourcesOfType(plan, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").filter(
    (attachment) => textInput(attachment, "role") === roleName,
  );
  const toSeveral = resourcesOfType(plan, "aws:iam/policyAttachment:PolicyAttachment").filter(({ inputs }) =>
    ((inputs["roles"] ?? []) as string[]).includes(roleName),
  );
  return [
    ...ofRole.map((arn) => ({ arn, by: role })),
    ...[...toOne, ...toSeveral].map((by) => ({ arn: requiredString(by, "policyArn"), by })),
  ];
}

function managedPolicy(plan: DeploymentDocument, arn: string, by: PlannedResource): Policy {
  const { account, resource } = parseArn(arn) ?? {};
  const declared = resourcesOfType(plan, "aws:iam/policy:Policy").find(
    (policy) =>
      arnOutput(policy) === arn ||
      // AWS's own policies are of the account "aws".
      (account !== "aws" &&
        `policy${textInput(policy, "path") ?? "/"}${physicalName(policy) ?? ""}` === resource),
  );
  if (declared) return read(declared, "policy", "identity", physicalName(declared) ?? nameOf(declared.urn));
  throw new Error(
    `${describe(by)} attaches ${arn}, but the plan does not hold that policy's text, so the emulator can't evaluate by it. ` +
      `Declare the statements in the program, as a policy of the role.`,
  );
}
