import { z } from "zod";
import { companionsOf } from "../../authoring/companions.ts";
import { defineBucketRule } from "../../authoring/define-bucket-rule.ts";
import { bucketLogging } from "../../authoring/resource-types.ts";

export const s3AccessLogging = defineBucketRule({
  name: "s3-access-logging",
  description: "Each bucket logs who reads and writes it, into another bucket.",
  why: "After an incident the question is what was read. Only logs written before answer it.",
  level: "advisory",
  severity: "medium",
  framework: { name: "AWS FSBP", reference: "S3.9" },
  tags: ["security", "s3", "audit"],
  remediationSteps: [
    "Declare an `aws.s3.BucketLogging` for the bucket whose `targetBucket` is a bucket for logs.",
  ],
  config: {
    exemptLogBuckets: z
      .boolean()
      .default(true)
      .describe("Whether buckets that receive access logs need none themselves."),
  },
  companion: bucketLogging,
  inlineProperties: ["logging", "loggings"],
  missing: "no BucketLogging names this bucket",
  skip: (bucket, { resources, config }) =>
    config.exemptLogBuckets &&
    companionsOf(resources, bucketLogging).of(bucket).length === 0 &&
    companionsOf(resources, bucketLogging, "targetBucket").of(bucket).length > 0,
  evaluate: (declared, { bucket, stack, violation }) => {
    const writers = companionsOf(stack.resources, bucketLogging, "targetBucket").of(bucket);
    if (declared.some((companion) => writers.includes(companion))) {
      violation("the bucket logs into itself, which makes a log of each log");
    }
  },
});
