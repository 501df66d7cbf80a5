import { bucketVersioning } from "./resource-types.ts";
import type { EvaluatedResource } from "./rule.ts";

/** The deprecated properties of a bucket, old and V2, that declare what BucketVersioning does. */
export const inlineVersioning = ["versioning", "versionings"] as const;

interface Versioning {
  versioningConfiguration?: { status?: string };
}

interface VersionedBucket {
  versioning?: { enabled?: boolean };
  versionings?: readonly { enabled?: boolean }[];
}

/** Whether a BucketVersioning, or a bucket itself, switches versions on. */
export function enablesVersions({ type, props }: EvaluatedResource): boolean {
  if (bucketVersioning.includes(type)) {
    return (props as Versioning).versioningConfiguration?.status === "Enabled";
  }
  const { versioning, versionings } = props as VersionedBucket;
  return versioning?.enabled === true || (versionings ?? []).some(({ enabled }) => enabled === true);
}
