import { nameOf } from "../../../plan/deployment.ts";
import type { PolicyReport } from "../report.ts";

/** `infra/index.ts:16`, where a finding stands; undefined where the document does not say. */
export function placeOf(
  { places }: PolicyReport,
  finding: { urn: string; message?: string },
): string | undefined {
  const { place } = places.locate(finding);
  return place && `${place.file}:${place.line}`;
}

/** `aws:s3/bucket:Bucket events-lake`, the short way to name a resource. */
export function labelOf(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return `${types.slice(types.lastIndexOf("$") + 1)} ${nameOf(urn)}`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `2 mandatory violations, 1 advisory, 1 exempted`, or that there is none. */
export function verdictOf({ summary, exempted, remediated }: PolicyReport): string {
  const parts = [
    summary.mandatory > 0 && count(summary.mandatory, "mandatory violation"),
    summary.advisory > 0 && count(summary.advisory, "advisory violation"),
  ].filter((part) => part !== false);
  return [
    parts.length > 0 ? parts.join(", ") : "no violation",
    exempted.length > 0 && `${exempted.length} exempted`,
    remediated.length > 0 && `${remediated.length} to be remediated`,
  ]
    .filter((part) => part !== false)
    .join(", ");
}
