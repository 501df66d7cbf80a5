import { createHash } from "node:crypto";
import type { SourceLine } from "../../../plan/source-position.ts";
import type { UsedExemption } from "../../authoring/exemptions.ts";
import type { PresentedRule } from "../pack-client.ts";
import type { PolicyReport } from "../report.ts";
import { labelOf } from "./place.ts";

/** What GitHub sorts by: CVSS-like numbers (GitHub docs, "SARIF support for code scanning"). */
const securitySeverity = { unspecified: "1.0", low: "2.0", medium: "5.0", high: "8.0", critical: "9.5" };

/**
 * The report for code scanning, SARIF 2.1.0: each violation stands at the line that its user can change, with the library's
 * as a related one. An exempted one is a suppressed result with its reason.
 */
export function sarifReport(report: PolicyReport): string {
  const results = [
    ...report.violations.map(({ pack, rule, level, urn, message }) => ({
      ...resultOf(report, { rule, urn, message }, `${labelOf(urn)}: ${message}`),
      level: level === "mandatory" ? "error" : "warning",
      properties: { pack, urn },
    })),
    ...report.exempted.map((exempted) => ({
      ...resultOf(report, exempted, `${labelOf(exempted.urn)} is exempt: ${exempted.reason}`),
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

function resultOf(
  report: PolicyReport,
  { rule, urn, message }: { rule: string; urn: string; message?: string },
  text: string,
) {
  const { place, related } = report.places.locate({ urn, ...(message === undefined ? {} : { message }) });
  return {
    ruleId: rule,
    ruleIndex: report.rules.findIndex(({ name }) => name === rule),
    message: { text },
    locations: [
      {
        // Code scanning wants a file for each result; a document without positions has only the project.
        ...physicalLocation(place ?? { file: "Pulumi.yaml", line: 1, column: 1 }),
        logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((line, index) => ({
        id: index + 1,
        ...physicalLocation(line),
        message: { text: line.message },
      })),
    }),
    partialFingerprints: {
      "urnAndMessage/v1": createHash("sha256").update(`${rule} ${urn} ${text}`).digest("hex"),
    },
  };
}

function physicalLocation({ file, line, column }: SourceLine) {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "PROJECT" },
      region: { startLine: line, startColumn: column },
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
    // Each tag once, or the file is not valid.
    properties: { tags: [...new Set([pack, ...tags])], "security-severity": securitySeverity[severity] },
  };
}

function justificationOf({ reason, until }: UsedExemption): string {
  return until === undefined ? reason : `${reason} (until ${until})`;
}
