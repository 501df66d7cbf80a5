import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { s3 } from "@pulumi/aws";
import { enablesVersions, inlineVersioning } from "../../authoring/bucket-versions.ts";
import { companionsOf } from "../../authoring/companions.ts";
import { defineBucketRule } from "../../authoring/define-bucket-rule.ts";
import { bucketLifecycle, bucketVersioning } from "../../authoring/resource-types.ts";
import type { EvaluatedResource } from "../../authoring/rule.ts";

type Lifecycle = Unwrap<s3.BucketLifecycleConfigurationArgs>;
type LifecycleRule = NonNullable<Lifecycle["rules"]>[number];

interface Expiration {
  days?: number;
  date?: string;
}

/** The bucket's own, deprecated `lifecycleRules` have the same names with small differences. */
interface InlineRule {
  enabled?: boolean;
  prefix?: string;
  tags?: Record<string, string>;
  expiration?: Expiration;
  /** BucketV2's. */
  expirations?: Expiration[];
  transitions?: unknown[];
  abortIncompleteMultipartUploadDays?: number;
  noncurrentVersionExpiration?: unknown;
  /** BucketV2's. */
  noncurrentVersionExpirations?: unknown[];
  noncurrentVersionTransitions?: unknown[];
}

function rulesOf({ props }: EvaluatedResource): LifecycleRule[] {
  const inline = props["lifecycleRules"] as InlineRule[] | undefined;
  if (inline === undefined) return (props as unknown as Lifecycle).rules ?? [];
  return inline.map(
    (rule) =>
      ({
        ...rule,
        status: rule.enabled === true ? "Enabled" : "Disabled",
        filter: Object.keys(rule.tags ?? {}).length > 0 ? { and: { tags: rule.tags } } : undefined,
        expiration: rule.expiration ?? rule.expirations?.[0],
        noncurrentVersionExpiration:
          rule.noncurrentVersionExpiration ?? rule.noncurrentVersionExpirations?.[0],
        abortIncompleteMultipartUpload: { daysAfterInitiation: rule.abortIncompleteMultipartUploadDays },
      }) as LifecycleRule,
  );
}

/** What a filter can narrow a rule by (aws.types.input.s3.BucketLifecycleConfigurationRuleFilter). */
const narrowing = ["and", "objectSizeGreaterThan", "objectSizeLessThan", "prefix", "tag"] as const;

function isForWholeBucket({ prefix, filter }: LifecycleRule): boolean {
  return !prefix && narrowing.every((property) => !filter?.[property]);
}

/** An expiration of delete markers alone expires no object. */
function expiresOrMoves({ expiration, transitions }: LifecycleRule): boolean {
  return Boolean(expiration?.days || expiration?.date) || (transitions ?? []).length > 0;
}

export const s3Lifecycle = defineBucketRule({
  name: "s3-lifecycle",
  description:
    "Each bucket says when its objects expire or move, and clears up what uploads and versions leave.",
  why: "Objects that nobody reads, versions that nobody sees and parts of uploads that failed are billed for ever. Nothing in the console shows the last two.",
  level: "mandatory",
  severity: "medium",
  framework: { name: "AWS FSBP", reference: "S3.13, S3.10" },
  tags: ["cost", "s3"],
  remediationSteps: [
    "Declare an `aws.s3.BucketLifecycleConfiguration` for the bucket with an enabled expiration or transition.",
    "Add `abortIncompleteMultipartUpload` for the whole bucket, after 7 days at most.",
    "On a versioned bucket add `noncurrentVersionExpiration`.",
  ],
  config: {
    maxAbortDays: z
      .int()
      .min(1)
      .default(7)
      .describe("Days after which a multipart upload must have been aborted."),
  },
  companion: bucketLifecycle,
  inlineProperties: ["lifecycleRules"],
  missing: "no BucketLifecycleConfiguration names this bucket",
  evaluate: (declared, { bucket, stack, violation }) => {
    const { maxAbortDays } = stack.config;
    const rules = () => declared.flatMap(rulesOf).filter(({ status }) => status === "Enabled");
    stack.each([bucket], () => {
      if (rules().some(expiresOrMoves)) return;
      violation("no enabled lifecycle rule expires or moves objects");
    });
    stack.each([bucket], () => {
      const aborting = rules()
        .filter(isForWholeBucket)
        .some(({ abortIncompleteMultipartUpload }) => {
          const days = abortIncompleteMultipartUpload?.daysAfterInitiation;
          // A stored state has 0 for "unset".
          return days !== undefined && days > 0 && days <= maxAbortDays;
        });
      if (!aborting) {
        violation(`no rule for the whole bucket aborts multipart uploads within ${maxAbortDays} days`);
      }
    });
    stack.each([bucket], () => {
      const isInline = inlineVersioning.some((property) => property in bucket.propertyDependencies);
      const versioning = companionsOf(stack.resources, bucketVersioning).of(bucket);
      if (![...versioning, ...(isInline ? [bucket] : [])].some(enablesVersions)) return;
      const clearing = rules().some(
        ({ noncurrentVersionExpiration, noncurrentVersionTransitions }) =>
          noncurrentVersionExpiration || (noncurrentVersionTransitions ?? []).length > 0,
      );
      if (!clearing) violation("the bucket is versioned, but no rule expires noncurrent versions");
    });
  },
});
