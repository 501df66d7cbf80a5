import { z } from "zod";
import type { Finding } from "./findings.ts";
import type { EvaluatedResource } from "./rule.ts";

/**
 * The configuration that every rule has: resources it does not bind. `reason` and `until` are optional here so that
 * their absence is a violation that the report shows, and not a configuration that the engine refuses.
 */
export const exemptSchema = z
  .array(
    z.strictObject({
      match: z.string().describe("Regular expression; a resource is exempt when its name or URN matches."),
      reason: z.string().optional().describe("Why this is right. Without it the exemption is a violation."),
      until: z
        .string()
        .optional()
        .describe("Last day, yyyy-MM-dd in UTC; default: no end. A day that has passed is a violation."),
    }),
  )
  .default([])
  .describe("Resources that the rule does not bind, each with a reason and a last day.");

export type Exemption = z.infer<typeof exemptSchema>[number];

/** An exemption that kept a violation from counting. */
export interface UsedExemption {
  readonly urn: string;
  readonly reason: string;
  readonly until?: string;
}

/**
 * Takes away the findings of exempt resources. An exemption without a reason, or whose last day has passed, exempts
 * nothing and is itself a finding on each resource that it matches.
 * @param evaluated the resources that the rule was asked about
 */
export function applyExemptions(
  findings: readonly Finding[],
  evaluated: readonly EvaluatedResource[],
  exempt: readonly Exemption[],
  now: Date = new Date(),
): { kept: Finding[]; used: UsedExemption[] } {
  const valid: { matches: RegExp; exemption: Exemption }[] = [];
  const problems: Finding[] = [];
  for (const exemption of exempt) {
    const matches = expressionOf(exemption.match);
    const problem = matches ? problemOf(exemption, now) : "its match is no regular expression";
    if (problem === undefined) {
      valid.push({ matches: matches!, exemption });
      continue;
    }
    const message = `the exemption "${exemption.match}" does not count: ${problem}`;
    for (const resource of evaluated) {
      if (!matches || isMatch(matches, resource))
        problems.push({ urn: resource.urn, message, unknown: false });
    }
  }

  const used: UsedExemption[] = [];
  const exempted = new Set<string>();
  const violating = new Set(findings.map(({ urn }) => urn));
  for (const resource of valid.length > 0 ? evaluated : []) {
    const found = valid.find(({ matches }) => isMatch(matches, resource))?.exemption;
    if (!found || !violating.has(resource.urn)) continue;
    exempted.add(resource.urn);
    used.push({ urn: resource.urn, reason: found.reason!, ...(found.until && { until: found.until }) });
  }
  return { kept: [...findings.filter(({ urn }) => !exempted.has(urn)), ...problems], used };
}

function isMatch(expression: RegExp, { name, urn }: EvaluatedResource): boolean {
  return expression.test(name) || expression.test(urn);
}

function problemOf({ reason, until }: Exemption, now: Date): string | undefined {
  if (reason === undefined || reason.trim() === "") return "it gives no reason";
  if (until === undefined) return undefined;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(Date.parse(`${until}T00:00:00Z`));
  if (!isDay) return `until "${until}" is no day, write yyyy-MM-dd`;
  return until < now.toISOString().slice(0, 10) ? `it ended on ${until}` : undefined;
}

function expressionOf(match: string): RegExp | undefined {
  try {
    return new RegExp(match);
  } catch {
    return undefined;
  }
}
