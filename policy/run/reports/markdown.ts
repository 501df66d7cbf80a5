import type { PolicyReport } from "../report.ts";
import { count, labelOf, placeOf, verdictOf } from "./place.ts";

/** The report for a pull request: what a job summary or a comment shows. */
export function markdownReport(report: PolicyReport): string {
  const { summary, violations, exempted, rules } = report;
  const mark = summary.mandatory > 0 ? "❌" : summary.advisory > 0 ? "⚠️" : "✅";
  const lines = [
    `## ${mark} Policies, stack \`${report.stack}\`: ${verdictOf(report)}`,
    "",
    `${count(summary.rules, "rule")}, ${count(summary.resources, "resource")}, ${report.seconds.toFixed(1)} s.`,
  ];
  if (violations.length > 0) {
    lines.push("", "| Level | Rule | Resource | What is wrong |", "| --- | --- | --- | --- |");
    for (const violation of violations) {
      const { level, pack, rule, urn, message } = violation;
      const place = placeOf(report, violation);
      const resource = `\`${cell(labelOf(urn))}\`${place ? `<br>${cell(place)}` : ""}`;
      const shown = level === "mandatory" ? "**mandatory**" : level;
      lines.push(`| ${shown} | ${pack}/${rule} | ${resource} | ${cell(message)} |`);
    }
    lines.push("", "### What to do");
    const broken = new Set(violations.map(({ pack, rule }) => `${pack} ${rule}`));
    for (const { pack, name, description, remediationSteps } of rules) {
      if (broken.has(`${pack} ${name}`)) lines.push("", `**${name}**: ${description}`, "", remediationSteps);
    }
  }
  if (exempted.length > 0) {
    lines.push("", "### Exempted", "", "| Rule | Resource | Reason | Until |", "| --- | --- | --- | --- |");
    for (const { rule, urn, reason, until } of exempted) {
      lines.push(`| ${rule} | \`${cell(labelOf(urn))}\` | ${cell(reason)} | ${until ?? "no end"} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Text that stays within its cell of a table and shows as written. */
function cell(text: string): string {
  return text
    .replace(/[\\|*_<>]/g, (found) => (found === "<" ? "&lt;" : found === ">" ? "&gt;" : `\\${found}`))
    .replace(/\s+/g, " ");
}
