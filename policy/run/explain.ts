import { jsonSchemaProperties } from "../authoring/configuration.ts";
import { pageOf } from "../authoring/rule-page.ts";
import type { Rule } from "../authoring/rule.ts";

/** What a rule wants and why, for a terminal. */
export function explain(rule: Rule, pack: string): string {
  const properties = Object.entries(jsonSchemaProperties(rule)).map(
    ([name, schema]) =>
      `  ${name}: ${String(schema["description"])} Default: ${JSON.stringify(schema["default"])}`,
  );
  return [
    `${rule.name} (${pack}, ${rule.level}, severity ${rule.severity})`,
    "",
    rule.description,
    rule.why,
    "",
    `Evaluates: ${rule.types.join(", ")}`,
    `From: ${rule.framework.name}, ${rule.framework.reference}`,
    "",
    "What to do:",
    ...rule.remediationSteps.map((step, index) => `  ${index + 1}. ${step}`),
    "",
    `Configuration, in policy/levels/<stack>.json under "${rule.name}":`,
    "  enforcementLevel: advisory, mandatory, remediate or disabled",
    ...properties,
    "",
    `More: ${pageOf(pack, rule.name)}`,
    "",
  ].join("\n");
}
