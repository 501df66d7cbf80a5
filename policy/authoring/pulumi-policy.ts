import type {
  Policies,
  PolicyConfigSchema,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
} from "@pulumi/policy";
import { applyExemptions } from "./exemptions.ts";
import { exemptionLine, exemptionNotice } from "./exemption-notice.ts";
import type { Finding } from "./findings.ts";
import { jsonSchemaProperties, readConfiguration } from "./configuration.ts";
import type { RuleConfiguration } from "./configuration.ts";
import { pageOf } from "./rule-page.ts";
import type { EvaluatedResource, Rule } from "./rule.ts";
import { withUnknown } from "./unknown.ts";
import { withoutNulls } from "./without-nulls.ts";

type Policy = Policies[number];

interface PolicyCase {
  getConfig: <T extends object>() => T;
  notApplicable: (reason?: string) => never;
}

/**
 * The rule as the policy SDK wants it. Free of side effects: `new PolicyPack` is what starts a server.
 * @param say tells people of an exemption that was used. The engine shows what a pack prints, and nothing else of it.
 */
export function policyOf(rule: Rule, pack: string, say: (line: string) => void): Policy {
  const evaluateAndReport = reporterOf(rule, say);
  const metadata = {
    name: rule.name,
    description: rule.description,
    enforcementLevel: rule.level,
    severity: rule.severity,
    framework: { ...rule.framework, version: "", specification: "" },
    tags: [...rule.tags],
    remediationSteps: rule.remediationSteps.map((step, index) => `${index + 1}. ${step}`).join("\n"),
    url: pageOf(pack, rule.name),
    configSchema: { properties: jsonSchemaProperties(rule) } as unknown as PolicyConfigSchema,
  };
  if (rule.kind === "stack") {
    return {
      ...metadata,
      validateStack: (stack, report) => {
        const resources = stack.resources.map(stackResource);
        evaluateAndReport(resources, stack, report, (own) => rule.evaluate(resources, own));
      },
    };
  }
  const { remediate } = rule;
  const validateResource = (subject: ResourceValidationArgs, report: ReportViolation) => {
    const resource = { ...inputResource(subject), props: withoutNulls(subject.props) };
    if (!rule.appliesTo(resource)) subject.notApplicable(`The rule is about ${rule.types.join(", ")}.`);
    evaluateAndReport([resource], subject, report, (own) => rule.evaluate(resource, own));
  };
  // The SDK then does not even unpack other types' properties: what its validateResourceOfType does.
  if (rule.isOfOneType) Object.assign(validateResource, { __pulumiType: rule.types[0] });
  return {
    ...metadata,
    validateResource,
    ...(remediate && {
      remediateResource: (subject) => {
        const resource = inputResource(subject);
        if (!rule.appliesTo(resource)) return undefined;
        const result = readConfiguration(rule, subject.getConfig());
        if ("problems" in result) return undefined;
        // The same object, changed in place: a copy would lose secrets and unknown values.
        return remediate(resource, result.configuration.own) ? subject.props : undefined;
      },
    }),
  };
}

function reporterOf(rule: Rule, say: (line: string) => void) {
  return (
    evaluated: readonly EvaluatedResource[],
    subject: PolicyCase,
    report: ReportViolation,
    evaluate: (own: RuleConfiguration["own"]) => Finding[],
  ): void => {
    const result = readConfiguration(rule, subject.getConfig());
    if ("problems" in result) {
      report(`its configuration is wrong: ${result.problems.join("; ")}`);
      return;
    }
    const { own, exempt } = result.configuration;
    const findings = evaluate(own);
    const { kept, used } = applyExemptions(findings, aboutWhich(rule, evaluated, findings), exempt);
    for (const finding of kept) reportFinding(rule, finding, report);
    if (used.length === 0) return;
    for (const exemption of used) say(exemptionLine(rule.name, exemption));
    subject.notApplicable(exemptionNotice(used));
  };
}

/** The resources that an exemption can mean: those of the rule's types, and those that it found something about. */
function aboutWhich(rule: Rule, evaluated: readonly EvaluatedResource[], findings: readonly Finding[]) {
  const found = new Set(findings.map(({ urn }) => urn));
  return evaluated.filter(({ type, urn }) => rule.types.includes(type) || found.has(urn));
}

function reportFinding(rule: Rule, { urn, message, unknown }: Finding, report: ReportViolation): void {
  if (!unknown) return report(message, urn);
  // What the SDK itself does when a rule reads an unknown value, with the URN that it leaves out in stack rules:
  // makeReportViolationFun in @pulumi/policy/server.js takes an object as well.
  const advisory = { message: `${rule.description}\n${message}`, urn, enforcementLevel: "advisory" };
  report(advisory as unknown as string);
}

function inputResource(
  resource: Pick<PolicyResource, "type" | "urn" | "name" | "props" | "opts">,
): EvaluatedResource {
  const { type, urn, name, props, opts } = resource;
  return { type, urn, name, props, protect: opts.protect, propertyDependencies: {} };
}

function stackResource(resource: PolicyResource): EvaluatedResource {
  const { props, propertyDependencies } = resource;
  const leftOut = isPreview()
    ? Object.keys(propertyDependencies).filter(
        (property) => propertyDependencies[property]!.length > 0 && !(property in props),
      )
    : [];
  return {
    ...inputResource(resource),
    props: withUnknown(withoutNulls(props), leftOut),
    propertyDependencies,
  };
}

/** What the engine tells a pack's process (pulumi/pulumi sdk/nodejs/cmd/pulumi-language-nodejs). */
function isPreview(): boolean {
  return process.env["PULUMI_NODEJS_DRY_RUN"] === "true";
}
