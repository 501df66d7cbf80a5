import { parseArn } from "../../aws/arn.ts";
import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { arnOutput, describe, textInput, textOutput } from "./plan-text.ts";

/** The declared key with this ARN. */
export function declaredKey(plan: DeploymentDocument, arn: string): PlannedResource | undefined {
  return keys(plan).find((key) => arnOutput(key) === arn);
}

/**
 * The ARN of a key that is given by ARN, id or alias.
 * @returns undefined for a key that AWS manages (`alias/aws/kinesis`): its policy lets everyone in the account use it
 * through its service, so there is nothing to evaluate (KMS guide, "AWS managed keys").
 * @throws {Error} when the plan does not declare the key.
 */
export function keyArnOf(plan: DeploymentDocument, key: string): string | undefined {
  const { resource = key } = parseArn(key) ?? {};
  const name = resource.startsWith("alias/") ? resource : key;
  if (name.startsWith("alias/aws/")) return undefined;
  if (name.startsWith("arn:")) return name;
  const target = name.startsWith("alias/") ? targetOf(plan, name) : name;
  const declared = keys(plan).find((candidate) =>
    [arnOutput(candidate), textOutput(candidate, "keyId"), candidate.id].includes(target),
  );
  const arn = declared && arnOutput(declared);
  if (arn !== undefined) return arn;
  if (target.startsWith("arn:")) return target;
  throw new Error(`The plan declares no KMS key "${key}", so the emulator can't evaluate who may use it.`);
}

function targetOf(plan: DeploymentDocument, aliasName: string): string {
  const alias = resourcesOfType(plan, "aws:kms/alias:Alias").find(
    (candidate) => textInput(candidate, "name") === aliasName,
  );
  if (!alias)
    throw new Error(`The plan declares no KMS alias "${aliasName}", so the emulator can't tell its key.`);
  const target = textInput(alias, "targetKeyId");
  if (target === undefined) throw new Error(`${describe(alias)} declares no targetKeyId.`);
  return target;
}

function keys(plan: DeploymentDocument): PlannedResource[] {
  return resourcesOfType(plan, "aws:kms/key:Key");
}
