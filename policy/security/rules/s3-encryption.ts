import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { s3 } from "@pulumi/aws";
import { defineBucketRule } from "../../authoring/define-bucket-rule.ts";
import { bucketEncryption } from "../../authoring/resource-types.ts";
import type { EvaluatedResource } from "../../authoring/rule.ts";

type EncryptionRule = Unwrap<s3.BucketServerSideEncryptionConfigurationArgs>["rules"][number];

/** The same in a BucketV2, where each block is a list. */
interface ListedRule {
  applyServerSideEncryptionByDefaults?: EncryptionRule["applyServerSideEncryptionByDefault"][];
  bucketKeyEnabled?: boolean;
}

interface Encrypting {
  rules?: EncryptionRule[];
  serverSideEncryptionConfiguration?: { rule?: EncryptionRule };
  serverSideEncryptionConfigurations?: { rules?: ListedRule[] }[];
}

/** The companion has `rules`; a bucket's own, deprecated property has one `rule`, a BucketV2's lists. */
function rulesOf(declared: EvaluatedResource): EncryptionRule[] {
  const props = declared.props as Encrypting;
  const inline = props.serverSideEncryptionConfiguration?.rule;
  if (inline) return [inline];
  const listed = (props.serverSideEncryptionConfigurations ?? []).flatMap(({ rules }) => rules ?? []);
  return [
    ...(props.rules ?? []),
    ...listed.map(({ applyServerSideEncryptionByDefaults, bucketKeyEnabled }) => ({
      applyServerSideEncryptionByDefault: applyServerSideEncryptionByDefaults?.[0],
      bucketKeyEnabled,
    })),
  ];
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
  inlineProperties: ["serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations"],
  missing: "no BucketServerSideEncryptionConfiguration names this bucket",
  evaluate: (declared, { bucket, stack, violation }) => {
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
