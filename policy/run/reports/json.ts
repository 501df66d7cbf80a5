import type { PolicyReport } from "../report.ts";

/** The report for programs. `remediated` is there only when a rule of the level `remediate` changed something. */
export function jsonReport({
  stack,
  violations,
  exempted,
  remediated,
  summary,
  seconds,
  places,
}: PolicyReport): string {
  const located = (finding: { urn: string; message?: string }) => {
    const { place, related } = places.locate(finding);
    return { place: place ?? null, related };
  };
  const report = {
    stack,
    violations: violations.map(({ pack, rule, level, urn, message }) => ({
      pack,
      rule,
      level,
      urn,
      message,
      ...located({ urn, message }),
    })),
    exempted: exempted.map(({ rule, urn, reason, until }) => ({
      rule,
      urn,
      reason,
      until: until ?? null,
      ...located({ urn }),
    })),
    ...(remediated.length > 0 && { remediated }),
    summary,
    seconds,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
