import { styleText } from "node:util";
import type { PolicyReport, Violation } from "../report.ts";
import { count, labelOf, placeOf, verdictOf } from "./place.ts";

type Style = Parameters<typeof styleText>[0];

/** The report for people at a terminal: by resource and line, each rule's steps once. */
export function prettyReport(report: PolicyReport, colour: boolean): string {
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const rules = new Map(report.rules.map((rule) => [`${rule.pack} ${rule.name}`, rule]));
  const lines: string[] = [];

  const heading = (violation: Violation) => {
    const place = placeOf(report, violation);
    return paint("bold", labelOf(violation.urn)) + (place ? paint("dim", `  ${place}`) : "");
  };
  for (const [title, violations] of Map.groupBy(report.violations, heading)) {
    lines.push(title);
    for (const [key, same] of Map.groupBy(violations, ({ pack, rule }) => `${pack} ${rule}`)) {
      const { level, rule, pack } = same[0]!;
      const mark = level === "mandatory" ? paint("red", "mandatory") : paint("yellow", "advisory ");
      lines.push(
        `  ${mark}  ${paint("bold", rule)} ${paint("dim", `(${pack})`)} ${rules.get(key)?.description ?? ""}`,
      );
      lines.push(...same.map(({ message }: Violation) => `             ${message}`));
      const steps = rules.get(key)?.remediationSteps ?? "";
      lines.push(...steps.split("\n").map((step) => paint("dim", `             ${step}`)));
    }
    lines.push("");
  }
  for (const { rule, urn, reason, until } of report.exempted) {
    lines.push(
      `${paint("cyan", "exempted")}  ${rule}  ${labelOf(urn)}: ${reason}${until ? ` (until ${until})` : ""}`,
    );
  }
  for (const { rule, urn } of report.remediated) {
    lines.push(`${paint("cyan", "remediated")}  ${rule}  ${labelOf(urn)}`);
  }
  if (report.exempted.length + report.remediated.length > 0) lines.push("");
  const { rules: ruleCount, resources, mandatory, advisory } = report.summary;
  const style = mandatory > 0 ? "red" : advisory > 0 ? "yellow" : "green";
  lines.push(
    `${paint(style, verdictOf(report))} in stack ${report.stack}: ` +
      `${count(ruleCount, "rule")}, ${count(resources, "resource")}, ${report.seconds.toFixed(1)} s`,
  );
  return `${lines.join("\n")}\n`;
}
