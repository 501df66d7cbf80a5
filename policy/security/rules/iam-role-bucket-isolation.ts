import { z } from "zod";
import { bucketOfArn } from "../../../aws/arn.ts";
import { defineStackRule } from "../../authoring/define-rule.ts";
import { permissionsOfRoles } from "../../authoring/role-permissions.ts";
import { regularExpression } from "../../authoring/regular-expression.ts";
import { managedPolicy, role, rolePolicy, rolePolicyAttachment } from "../../authoring/resource-types.ts";
import type { Statement } from "../../authoring/iam-document.ts";

const writes = /^(\*|s3:(\*|Put|Delete|Abort|Restore|Replicate|Create))/i;

/** The buckets that the statements let somebody write to. */
function writtenBuckets(statements: readonly Statement[]): Set<string> {
  const buckets = new Set<string>();
  for (const { effect, actions, resources } of statements) {
    if (effect !== "Allow" || !actions.some((action) => writes.test(action))) continue;
    for (const resource of resources) {
      const name = resource === "*" ? "*" : bucketOfArn(resource);
      if (name !== undefined) buckets.add(name);
    }
  }
  return buckets;
}

export const iamRoleBucketIsolation = defineStackRule({
  name: "iam-role-bucket-isolation",
  description: "A role writes to one bucket and carries no broad managed policy.",
  why: "With one role for each bucket a fault, or a stolen session, reaches one bucket. A managed policy such as AmazonS3FullAccess undoes that in one line.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS Well-Architected", reference: "SEC03: permissions management" },
  tags: ["security", "iam", "s3"],
  types: [role, rolePolicy, managedPolicy, rolePolicyAttachment],
  remediationSteps: [
    "Give each bucket a role of its own that writes to it alone.",
    "Replace broad managed policies by a policy with the actions that are used.",
  ],
  config: {
    denyManaged: z
      .array(regularExpression)
      .default(["AdministratorAccess", "PowerUserAccess", "IAMFullAccess", "FullAccess$"])
      .describe("Regular expressions; managed policies whose ARN matches may not be attached."),
    maxBuckets: z.int().min(1).default(1).describe("Buckets that one role may write to."),
  },
  check: ({ resources, config, violation, each }) => {
    const permissions = permissionsOfRoles(resources);
    const denied = config.denyManaged.map((pattern) => new RegExp(pattern));
    for (const found of permissions) {
      // Each document alone: an unknown one must not hide what the others allow.
      const buckets = new Set<string>();
      for (const document of found.documents) {
        each([found.role], () => writtenBuckets(document()).forEach((name) => buckets.add(name)));
      }
      const names = [...buckets].sort().join(", ");
      if (buckets.size > config.maxBuckets) {
        violation(found.role, `the role writes to ${buckets.size} buckets: ${names}`);
      } else if ([...buckets].some((name) => /[*?]/.test(name)) && config.maxBuckets === 1) {
        violation(found.role, `the role writes to all buckets of a pattern: ${names}`);
      }
      for (const managedArn of found.managedArns) {
        each([found.role], () => {
          const arn = managedArn();
          if (denied.some((pattern) => pattern.test(arn))) violation(found.role, `the role carries ${arn}`);
        });
      }
    }
  },
});
