import type { PolicyReport } from "../report.ts";
import { labelOf, placeOf } from "./place.ts";

/**
 * The report for CI systems that read JUnit's XML: a suite for each pack, a case for each rule. Mandatory violations
 * fail the case; advisory ones stand in its output.
 */
export function junitReport(report: PolicyReport): string {
  const suites = [...Map.groupBy(report.rules, ({ pack }) => pack)].map(([pack, rules]) => {
    const cases = rules.map(({ name }) => caseOf(report, pack, name));
    const failures = cases.filter(({ failed }) => failed).length;
    return [
      `  <testsuite name="${xml(pack)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`,
      ...cases.flatMap(({ lines }) => lines),
      "  </testsuite>",
    ];
  });
  const name = xml(`sluice policy ${report.stack}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" tests="${report.rules.length}" time="${report.seconds}">`,
    ...suites.flat(),
    "</testsuites>",
    "",
  ].join("\n");
}

function caseOf(report: PolicyReport, pack: string, rule: string): { failed: boolean; lines: string[] } {
  const found = report.violations.filter((violation) => violation.pack === pack && violation.rule === rule);
  const describe = (urn: string, message: string, place: string | undefined) =>
    `${labelOf(urn)}: ${message}${place ? ` (${place})` : ""}`;
  const failures = found
    .filter(({ level }) => level === "mandatory")
    .map(
      ({ urn, message }) =>
        `      <failure message="${xml(describe(urn, message, placeOf(report, { urn, message })))}">${xml(urn)}</failure>`,
    );
  const output = [
    ...found
      .filter(({ level }) => level !== "mandatory")
      .map(({ urn, message }) => `advisory: ${describe(urn, message, placeOf(report, { urn, message }))}`),
    ...report.exempted
      .filter((exempted) => exempted.rule === rule)
      .map(({ urn, reason }) => `exempted: ${describe(urn, reason, placeOf(report, { urn }))}`),
  ];
  const body = [
    ...failures,
    ...(output.length > 0 ? [`      <system-out>${xml(output.join("\n"))}</system-out>`] : []),
  ];
  const opening = `    <testcase classname="${xml(pack)}" name="${xml(rule)}"`;
  return {
    failed: failures.length > 0,
    lines: body.length > 0 ? [`${opening}>`, ...body, "    </testcase>"] : [`${opening}/>`],
  };
}

function xml(text: string): string {
  const entities: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };
  return (
    text
      .replace(/[<>&"]/g, (found) => entities[found]!)
      // XML 1.0 has no other control characters, not even as entities.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")
  );
}
