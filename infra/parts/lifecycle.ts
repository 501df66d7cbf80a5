import type { types } from "@pulumi/aws";
import type { Settings } from "../settings.ts";

/** When a bucket's objects move to cheaper storage and when they go. */
export interface Lifecycle {
  /** Days until an object moves to STANDARD_IA, 30 at least. Default: never. */
  infrequentAccessAfterDays?: number | undefined;
  /** Days until an object is deleted. Default: never. */
  expiryDays?: number | undefined;
}

/** Old versions and broken uploads are kept for this long. */
const cleanUpAfterDays = { noncurrentVersions: 30, incompleteUploads: 7 } as const;

/** The lifecycle of the lake's data, as the settings say; data that expires sooner than it would move does not move. */
export function dataLifecycle(
  settings: Pick<Settings, "dataExpiryDays" | "infrequentAccessAfterDays">,
): Lifecycle {
  const { dataExpiryDays: expiryDays, infrequentAccessAfterDays } = settings;
  const moves = expiryDays === undefined || infrequentAccessAfterDays < expiryDays;
  return { expiryDays, ...(moves ? { infrequentAccessAfterDays } : {}) };
}

/** The rules of a bucket's lifecycle. Incomplete uploads are always cleaned up: they cost, and nobody sees them. */
export function lifecycleRules(lifecycle: Lifecycle): types.input.s3.BucketLifecycleConfigurationRule[] {
  const { expiryDays, infrequentAccessAfterDays } = lifecycle;
  return [
    {
      id: "keep-and-expire",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: cleanUpAfterDays.incompleteUploads },
      ...(infrequentAccessAfterDays === undefined
        ? {}
        : { transitions: [{ days: infrequentAccessAfterDays, storageClass: "STANDARD_IA" }] }),
      ...(expiryDays === undefined ? {} : { expiration: { days: expiryDays } }),
      // Also where nothing is versioned now: a bucket that once was keeps its old versions for ever without it.
      noncurrentVersionExpiration: { noncurrentDays: cleanUpAfterDays.noncurrentVersions },
    },
  ];
}
