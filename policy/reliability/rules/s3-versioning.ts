import { z } from "zod";
import { enablesVersions, inlineVersioning } from "../../authoring/bucket-versions.ts";
import { defineBucketRule } from "../../authoring/define-bucket-rule.ts";
import { bucketVersioning } from "../../authoring/resource-types.ts";

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
  inlineProperties: inlineVersioning,
  missing: "no BucketVersioning names this bucket",
  skip: ({ props }, { config }) => {
    const exempt = Object.entries(config.exemptTags);
    return (
      exempt.length > 0 &&
      exempt.some(([key, value]) => (props as { tags?: Record<string, string> }).tags?.[key] === value)
    );
  },
  evaluate: (declared, { violation }) => {
    if (!declared.some(enablesVersions)) violation("versioning is not Enabled");
  },
});
