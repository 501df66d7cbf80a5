import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { s3 } from "@pulumi/aws";
import { defineBucketRule } from "../../rule/define-bucket-rule.ts";
import { bucketVersioning } from "../../rule/resource-types.ts";
import type { JudgedResource } from "../../rule/rule.ts";

interface Versioned {
  versioning?: { enabled?: boolean };
  tags?: Record<string, string>;
}

function isEnabled({ type, props }: JudgedResource): boolean {
  if (!bucketVersioning.includes(type)) return (props as Versioned).versioning?.enabled === true;
  return (props as unknown as Unwrap<s3.BucketVersioningArgs>).versioningConfiguration?.status === "Enabled";
}

export const s3Versioning = defineBucketRule({
  name: "s3-versioning",
  description: "Each bucket keeps the versions of its objects.",
  why: "An object that was overwritten or deleted by mistake is gone without versions.",
  level: "advisory",
  severity: "medium",
  framework: { name: "AWS FSBP", reference: "S3.14" },
  tags: ["reliability", "s3"],
  remediationSteps: [
    "Declare an `aws.s3.BucketVersioning` with the status Enabled.",
    "Expire noncurrent versions by a lifecycle rule.",
  ],
  config: {
    exemptTags: z
      .record(z.string(), z.string())
      .default({})
      .describe("Buckets with one of these tags need no versions: what they hold can be made again."),
  },
  companion: bucketVersioning,
  inlineProperty: "versioning",
  missing: "no BucketVersioning names this bucket",
  skip: ({ props }, { config }) => {
    const exempt = Object.entries(config.exemptTags);
    return exempt.length > 0 && exempt.some(([key, value]) => (props as Versioned).tags?.[key] === value);
  },
  judge: (declared, { violation }) => {
    if (!declared.some(isEnabled)) violation("versioning is not Enabled");
  },
});
