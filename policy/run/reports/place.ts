import { nameOf } from "../../../plan/deployment.ts";
import type { PolicyReport } from "../report.ts";

export interface Place {
  /** From the project's folder, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where the program declares a resource; undefined when the document does not say, as for a stored state. */
export function placeOf({ sourcePositions }: PolicyReport, urn: string): Place | undefined {
  const position = sourcePositions.get(urn);
  const [, file, line, column] = /^project:\/\/\/(.+)#(\d+)(?:,(\d+))?$/.exec(position ?? "") ?? [];
  if (file === undefined) return undefined;
  return { file, line: Math.max(1, Number(line)), column: Math.max(1, Number(column ?? 1)) };
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
