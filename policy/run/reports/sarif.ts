import { createHash } from "node:crypto";
import type { UsedExemption } from "../../authoring/exemptions.ts";
import type { PresentedRule } from "../pack-client.ts";
import type { PolicyReport } from "../report.ts";
import { labelOf, placeOf } from "./place.ts";

/** What GitHub sorts by: CVSS-like numbers (GitHub docs, "SARIF support for code scanning"). */
const securitySeverity = { unspecified: "1.0", low: "2.0", medium: "5.0", high: "8.0", critical: "9.5" };

/**
 * The report for code scanning, SARIF 2.1.0: each violation stands at the line that declares the resource. An exempted
 * one is a suppressed result with its reason.
 */
export function sarifReport(report: PolicyReport): string {
  const results = [
    ...report.violations.map(({ pack, rule, level, urn, message }) => ({
      ...resultOf(report, rule, urn, `${labelOf(urn)}: ${message}`),
      level: level === "mandatory" ? "error" : "warning",
      properties: { pack, urn },
    })),
    ...report.exempted.map((exempted) => ({
      ...resultOf(
        report,
        exempted.rule,
        exempted.urn,
        `${labelOf(exempted.urn)} is exempt: ${exempted.reason}`,
      ),
      level: "note",
      suppressions: [{ kind: "external", status: "accepted", justification: justificationOf(exempted) }],
      properties: { urn: exempted.urn },
    })),
  ];
  const sarif = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "sluice policy", rules: report.rules.map(ruleOf) } },
        automationDetails: { id: `sluice-policy/${report.stack}/` },
        originalUriBaseIds: { PROJECT: { description: { text: "The folder of Pulumi.yaml." } } },
        results,
      },
    ],
  };
  return `${JSON.stringify(sarif, undefined, 2)}\n`;
}

function resultOf(report: PolicyReport, rule: string, urn: string, text: string) {
  const place = placeOf(report, urn);
  const region = place && { startLine: place.line, startColumn: place.column };
  return {
    ruleId: rule,
    ruleIndex: report.rules.findIndex(({ name }) => name === rule),
    message: { text },
    locations: [
      {
        physicalLocation: {
          // Code scanning wants a file for each result; a document without positions has only the project.
          artifactLocation: { uri: encodeURI(place?.file ?? "Pulumi.yaml"), uriBaseId: "PROJECT" },
          region: region ?? { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
      },
    ],
    partialFingerprints: {
      "urnAndMessage/v1": createHash("sha256").update(`${rule} ${urn} ${text}`).digest("hex"),
    },
  };
}

function ruleOf(rule: PresentedRule) {
  const { name, description, remediationSteps, level, severity, tags, pack, url } = rule;
  return {
    id: name,
    shortDescription: { text: description },
    help: { text: remediationSteps, markdown: `${remediationSteps}\n\nMore: ${url}` },
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
    properties: { tags: [pack, ...tags], "security-severity": securitySeverity[severity] },
  };
}

function justificationOf({ reason, until }: UsedExemption): string {
  return until === undefined ? reason : `${reason} (until ${until})`;
}
