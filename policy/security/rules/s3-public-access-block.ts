import { defineBucketRule } from "../../authoring/define-bucket-rule.ts";
import { bucketPublicAccessBlock } from "../../authoring/resource-types.ts";

const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

export const s3PublicAccessBlock = defineBucketRule({
  name: "s3-public-access-block",
  description: "Each bucket blocks public access in all four ways.",
  why: "One public statement in a policy, or one public ACL on an object, publishes the lake. The block refuses both, whatever is written later.",
  level: "mandatory",
  severity: "critical",
  framework: { name: "AWS FSBP", reference: "S3.8" },
  tags: ["security", "s3", "public-access"],
  remediationSteps: [
    "Declare an `aws.s3.BucketPublicAccessBlock` for the bucket.",
    `Set ${flags.map((flag) => `\`${flag}\``).join(", ")} to true.`,
  ],
  config: {},
  companion: bucketPublicAccessBlock,
  missing: "no BucketPublicAccessBlock names this bucket",
  evaluate: (declared, { bucket, stack }) => {
    for (const flag of flags) {
      stack.each([bucket], () => {
        if (declared.some(({ props }) => props[flag] === true)) return;
        stack.violation(bucket, `${flag} is not true`);
      });
    }
  },
});
