import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { declaredKey } from "./kms-keys.ts";
import { describe, textInput, textOutput } from "./plan-text.ts";
import { parsePolicy, type Policy } from "./policy.ts";
import { arnOf, partsOfArn } from "../../aws/arn.ts";

/**
 * The policies that the plan attaches to a resource: of a bucket and its objects, a key, a stream, the Glue catalog.
 * @param resourceArn what a call is about; `*` has no policy.
 */
export function resourcePoliciesFor(plan: DeploymentDocument, resourceArn: string): Policy[] {
  if (resourceArn === "*") return [];
  const { service, resource, partition, account } = partsOfArn(resourceArn);
  if (service === "s3") {
    const [bucket] = resource.split("/");
    return attached(
      plan,
      "aws:s3/bucketPolicy:BucketPolicy",
      (policy) => textInput(policy, "bucket") === bucket,
    );
  }
  if (service === "kinesis") {
    return attached(
      plan,
      "aws:kinesis/resourcePolicy:ResourcePolicy",
      (policy) => textInput(policy, "resourceArn") === resourceArn,
    );
  }
  if (service === "glue") return attached(plan, "aws:glue/resourcePolicy:ResourcePolicy", () => true);
  if (service === "kms") return [keyPolicy(plan, resourceArn) ?? defaultKeyPolicy(partition, account)];
  return [];
}

function attached(
  plan: DeploymentDocument,
  type: string,
  isAttached: (policy: PlannedResource) => boolean,
): Policy[] {
  const [policy, other] = resourcesOfType(plan, type).filter(isAttached);
  if (!policy) return [];
  if (!other) return [read(policy)];
  throw new Error(
    `${describe(policy)} and ${describe(other)} are the policy of the same resource: AWS keeps the one that comes ` +
      `last. Declare one with the statements of both.`,
  );
}

function read(resource: PlannedResource): Policy {
  const document = textInput(resource, "policy") ?? resource.inputs["policy"];
  const origin = describe(resource);
  return parsePolicy(document, "resource", origin, `${origin}, policy`);
}

/** @returns undefined for a key that is not declared or declares no policy. */
function keyPolicy(plan: DeploymentDocument, keyArn: string): Policy | undefined {
  const key = declaredKey(plan, keyArn);
  if (!key) return undefined;
  const names = [keyArn, textOutput(key, "keyId"), key.id];
  const [own] = attached(plan, "aws:kms/keyPolicy:KeyPolicy", (policy) =>
    names.includes(textInput(policy, "keyId")),
  );
  return own ?? (key.inputs["policy"] === undefined ? undefined : read(key));
}

/** What a key has whose policy nobody wrote: the account hands out its use (KMS guide, "Default key policy"). */
function defaultKeyPolicy(partition: string, account: string): Policy {
  const Principal = { AWS: arnOf("iam", "root", { partition, account }) };
  const Statement = {
    Sid: "EnableIAMUserPermissions",
    Effect: "Allow",
    Principal,
    Action: "kms:*",
    Resource: "*",
  };
  return parsePolicy(
    { Version: "2012-10-17", Statement },
    "resource",
    "default key policy",
    "The default key policy",
  );
}
