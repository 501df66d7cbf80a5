import * as sdk from "@pulumi/policy";
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { readExemptionNotice } from "../../policy/authoring/exemption-notice.ts";
import type { UsedExemption } from "../../policy/authoring/exemptions.ts";
import { policyOf } from "../../policy/authoring/pulumi-policy.ts";
import type { Rule } from "../../policy/authoring/rule.ts";

/** A resource as a test writes it. */
export interface Subject {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  /** Property -> the names of the subjects that its value came from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
}

export interface Evaluation {
  /** `name: message`, of the rule's own level. */
  readonly violations: string[];
  /** The same, of what could not be evaluated; always advisory. */
  readonly unknown: string[];
  readonly exempted: UsedExemption[];
  readonly notApplicable: string[];
  readonly said: string[];
}

/** Exported by the SDK, but left out of its types. */
const { unknownCheckingProxy } = sdk as unknown as {
  unknownCheckingProxy: (props: Record<string, unknown>) => Record<string, unknown>;
};

class NotApplicable extends Error {}

const stack = "prod";

function urnOf(type: string, name: string): string {
  return `urn:pulumi:${stack}::project::${type}::${name}`;
}

/** Evaluates subjects, by name, by one rule: the SDK's policy, with the SDK's guard against unknown values. */
export function evaluateBy(
  rule: Rule,
  subjects: Readonly<Record<string, Subject>>,
  config: Record<string, unknown> = {},
): Evaluation {
  const result: Evaluation = { violations: [], unknown: [], exempted: [], notApplicable: [], said: [] };
  const policy = policyOf(rule, "pack", (line) => result.said.push(line));
  const resources = Object.entries(subjects).map(([name, subject]) => policyResource(name, subject));
  for (const [index, { from }] of Object.values(subjects).entries()) {
    for (const [property, names] of Object.entries(from ?? {})) {
      resources[index]!.propertyDependencies[property] = resources.filter(({ name }) => names.includes(name));
    }
  }
  const evaluate = (urn: string, run: (report: (said: unknown, urn?: string) => void) => unknown) => {
    try {
      run((said, at) => {
        const message = typeof said === "string" ? said : (said as { message: string }).message;
        const where = typeof said === "string" ? (at ?? urn) : (said as { urn: string }).urn;
        const list = typeof said === "string" ? result.violations : result.unknown;
        list.push(
          `${where.slice(where.lastIndexOf("::") + 2)}: ${message.replace(`${rule.description}\n`, "")}`,
        );
      });
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
      result.exempted.push(...readExemptionNotice(error.message));
      if (!error.message.startsWith("Exempted")) result.notApplicable.push(error.message);
    }
  };
  const common = {
    stackTags: new Map<string, string>(),
    getConfig: <T extends object>() => config as T,
    notApplicable: (reason?: string): never => {
      throw new NotApplicable(reason);
    },
  };
  if ("validateStack" in policy) {
    evaluate("stack", (report) => policy.validateStack({ ...common, resources }, report));
  } else if ("validateResource" in policy && typeof policy.validateResource === "function") {
    const { validateResource } = policy;
    for (const resource of resources) {
      evaluate(resource.urn, (report) =>
        validateResource({ ...common, ...resource } as unknown as ResourceValidationArgs, report),
      );
    }
  }
  return result;
}

function policyResource(name: string, { type, props, protect }: Subject): PolicyResource {
  return {
    type,
    name,
    urn: urnOf(type, name),
    props: unknownCheckingProxy(structuredClone(props)),
    opts: { protect: protect === true } as PolicyResource["opts"],
    dependencies: [],
    propertyDependencies: Object.fromEntries(Object.keys(props).map((key) => [key, []])),
  } as unknown as PolicyResource;
}
