import { jsonSchemaProperties } from "../policy/authoring/configuration.ts";
import { packs } from "../policy/packs.ts";
import type { Rule } from "../policy/authoring/rule.ts";

/** A pack's page: each rule under its own heading, which the rule's url names. */
export function rulesPage(pack: string): string {
  const rules = packs.get(pack)!;
  const title = `${pack.charAt(0).toUpperCase()}${pack.slice(1)} rules`;
  return [
    `# ${title}`,
    `What the pack [policy/${pack}](../../policy/${pack}/README.md) asks for, and why. ` +
      "Every rule also takes `exempt`: see [exemptions](../policy-in-pull-requests.md#exemptions).",
    ...rules.map(ruleSection),
  ].join("\n\n");
}

/** The table of a pack's README. */
export function rulesTable(pack: string): string {
  const rows = packs.get(pack)!.map((rule) => {
    const link = `[${rule.name}](../../docs/rules/${pack}.md#${rule.name})`;
    const config = Object.keys(rule.config.shape).map((name) => `\`${name}\``);
    return row([link, typesOf(rule), rule.level, rule.severity, config.join(", ") || "none"]);
  });
  return [
    row(["Rule", "Types", "Level", "Severity", "Configuration"]),
    row(["---", "---", "---", "---", "---"]),
    ...rows,
  ].join("\n");
}

function ruleSection(rule: Rule): string {
  const config = Object.entries(jsonSchemaProperties(rule)).filter(([name]) => name !== "exempt");
  return [
    `## ${rule.name}`,
    `${rule.description} ${rule.why}`,
    row(["Level", "Severity", "Evaluated", "From"]) +
      `\n${row(["---", "---", "---", "---"])}\n` +
      row([
        rule.level,
        rule.severity,
        evaluatedWhen(rule),
        `${rule.framework.name}, ${rule.framework.reference}`,
      ]),
    `Types: ${rule.types.map((type) => `\`${type}\``).join(", ")}`,
    rule.remediationSteps.map((step, index) => `${index + 1}. ${step}`).join("\n"),
    ...(rule.kind === "resource" && rule.remediate
      ? ["With the level `remediate` the engine corrects the inputs itself."]
      : []),
    ...(config.length > 0 ? [configTable(config)] : []),
  ].join("\n\n");
}

function evaluatedWhen(rule: Rule): string {
  return rule.kind === "resource"
    ? "each resource, before it is created"
    : "all resources together, at the end";
}

function configTable(config: [string, Record<string, unknown>][]): string {
  return [
    row(["Configuration", "Default", "What it says"]),
    row(["---", "---", "---"]),
    ...config.map(([name, schema]) =>
      row([`\`${name}\``, `\`${JSON.stringify(schema["default"])}\``, String(schema["description"])]),
    ),
  ].join("\n");
}

/** The last part of each type, both spellings of the S3 ones as one. */
function typesOf({ types }: Rule): string {
  const names = types.map((type) => (type.startsWith("aws:*") ? type : (type.split(":").at(-1) ?? type)));
  return [
    ...new Set(
      names.map((name) => (names.includes(name.replace(/V2$/, "")) ? name.replace(/V2$/, "") : name)),
    ),
  ].join(", ");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
