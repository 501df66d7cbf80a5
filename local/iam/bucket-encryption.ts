import { z } from "zod";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { keyArnOf } from "./kms-keys.ts";
import { describe, textInput } from "./plan-text.ts";

/** How a bucket encrypts by default. */
export interface BucketEncryption {
  /** The key, when it is one whose policy decides who may use it. */
  readonly keyArn: string | undefined;
  /** With a bucket key S3 asks KMS for the whole bucket, not for each object. */
  readonly bucketKey: boolean;
}

const rulesSchema = z.array(
  z.looseObject({
    applyServerSideEncryptionByDefault: z
      .looseObject({ sseAlgorithm: z.string(), kmsMasterKeyId: z.string().optional() })
      .optional(),
    bucketKeyEnabled: z.boolean().default(false),
  }),
);

/** The default encryption that the plan declares for a bucket. @throws {Error} when its rules can't be read. */
export function bucketEncryptionOf(plan: DeploymentDocument, bucket: string): BucketEncryption {
  const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  const declared = resourcesOfType(plan, type).find((resource) => textInput(resource, "bucket") === bucket);
  if (!declared) return { keyArn: undefined, bucketKey: false };
  const rules = rulesSchema.safeParse(declared.inputs["rules"]);
  if (!rules.success) throw new Error(`${describe(declared)}, rules:\n${z.prettifyError(rules.error)}`);
  const [rule] = rules.data;
  const encryption = rule?.applyServerSideEncryptionByDefault;
  // Without a key of one's own S3 takes its AWS managed key.
  const key = encryption?.sseAlgorithm.startsWith("aws:kms") ? encryption.kmsMasterKeyId : undefined;
  return {
    keyArn: key === undefined ? undefined : keyArnOf(plan, key),
    bucketKey: rule?.bucketKeyEnabled ?? false,
  };
}
