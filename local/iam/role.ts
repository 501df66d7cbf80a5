import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { arnOutput, describe, mentionedArn, physicalName } from "./plan-text.ts";
import { arnOf, parseArn, partsOfArn } from "../../aws/arn.ts";

/** A role that the plan declares. */
export interface PlannedRole {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly partition: string;
  /** `arn:aws:sts::123456789012:assumed-role/NAME/sluice`: the emulator's session of the role. */
  readonly sessionArn: string;
  readonly resource: PlannedResource;
}

/** @throws {Error} listing the declared roles, when this one is not among them or its ARN can't be found. */
export function roleOf(plan: DeploymentDocument, nameOrArn: string): PlannedRole {
  const role = findRole(plan, nameOrArn);
  if (role) return role;
  const names = declaredRoles(plan).map((declared) => physicalName(declared) ?? describe(declared));
  throw new Error(`The plan declares no role "${nameOrArn}". Its roles: ${names.join(", ") || "none"}.`);
}

/**
 * @param nameOrArn a name, or the ARN of the role or of one of its sessions.
 * @returns undefined when the plan declares no such role.
 * @throws {Error} when nothing in the plan says what the role's ARN is.
 */
export function findRole(plan: DeploymentDocument, nameOrArn: string): PlannedRole | undefined {
  const given = parseArn(nameOrArn);
  const [kind, ...path] = given ? given.resource.split("/") : ["role", nameOrArn];
  if (kind !== "role" && kind !== "assumed-role") return undefined;
  const name = kind === "role" ? path.at(-1) : path[0];
  const resource = declaredRoles(plan).find((declared) => physicalName(declared) === name);
  if (!resource || name === undefined) return undefined;
  const arn =
    (given && kind === "role" ? nameOrArn : undefined) ?? arnOutput(resource) ?? mentionOf(plan, name);
  if (arn === undefined)
    throw new Error(`${describe(resource)}: nothing in the plan says what the role's ARN is.`);
  const { account, partition } = partsOfArn(arn);
  const sessionArn = arnOf("sts", `assumed-role/${name}/sluice`, { partition, account });
  return { name, arn, account, partition, sessionArn, resource };
}

function declaredRoles(plan: DeploymentDocument): PlannedResource[] {
  return resourcesOfType(plan, "aws:iam/role:Role");
}

function mentionOf(plan: DeploymentDocument, name: string): string | undefined {
  const literal = name.replaceAll(/[.+]/g, "\\$&");
  return mentionedArn(
    plan,
    new RegExp(`arn:[\\w-]+:iam::\\d{12}:role/(?:[\\w+=,.@-]+/)*${literal}(?=["\\\\])`),
  );
}
