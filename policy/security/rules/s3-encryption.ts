import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { s3 } from "@pulumi/aws";
import { defineBucketRule } from "../../rule/define-bucket-rule.ts";
import { bucketEncryption } from "../../rule/resource-types.ts";
import type { JudgedResource } from "../../rule/rule.ts";

type EncryptionRule = Unwrap<s3.BucketServerSideEncryptionConfigurationArgs>["rules"][number];

/** The companion has `rules`; the bucket's own, deprecated property has one `rule`. */
function rulesOf({ props }: JudgedResource): EncryptionRule[] {
  const inline = props["serverSideEncryptionConfiguration"] as { rule?: EncryptionRule } | undefined;
  if (inline?.rule) return [inline.rule];
  return (props["rules"] as EncryptionRule[] | undefined) ?? [];
}

export const s3Encryption = defineBucketRule({
  name: "s3-encryption",
  description: "Each bucket says how its objects are encrypted, and uses a bucket key with KMS.",
  why: "AWS encrypts with its own key when nothing is said; who may decrypt is then not yours to say. Without a bucket key each object costs a KMS call.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS FSBP", reference: "S3.17" },
  tags: ["security", "s3", "encryption"],
  remediationSteps: [
    "Declare an `aws.s3.BucketServerSideEncryptionConfiguration` for the bucket.",
    "Set `sseAlgorithm` to aws:kms and `bucketKeyEnabled` to true.",
  ],
  config: {
    algorithms: z
      .array(z.enum(["AES256", "aws:kms", "aws:kms:dsse"]))
      .default(["AES256", "aws:kms", "aws:kms:dsse"])
      .describe("Accepted algorithms. Buckets that receive access logs can have AES256 only."),
    requireBucketKey: z.boolean().default(true).describe("Whether aws:kms needs a bucket key."),
  },
  companion: bucketEncryption,
  inlineProperty: "serverSideEncryptionConfiguration",
  missing: "no BucketServerSideEncryptionConfiguration names this bucket",
  judge: (declared, { bucket, stack, violation }) => {
    const { algorithms, requireBucketKey } = stack.config;
    const rules = () => declared.flatMap(rulesOf);
    stack.each([bucket], () => {
      const found = rules().map((rule) => rule.applyServerSideEncryptionByDefault?.sseAlgorithm ?? "unset");
      const wrong = found.filter((algorithm) => !(algorithms as string[]).includes(algorithm));
      if (found.length === 0) violation("the encryption configuration has no rule");
      if (wrong.length > 0) violation(`sseAlgorithm is ${wrong.join(", ")}; use ${algorithms.join(", ")}`);
    });
    stack.each([bucket], () => {
      if (!requireBucketKey) return;
      // S3 has no bucket keys for aws:kms:dsse.
      const kms = rules().filter(
        (rule) => rule.applyServerSideEncryptionByDefault?.sseAlgorithm === "aws:kms",
      );
      if (kms.some(({ bucketKeyEnabled }) => bucketKeyEnabled !== true))
        violation("bucketKeyEnabled is not true");
    });
  },
});
