import type { z } from "zod";
import type { Finding } from "./findings.ts";

/** What a violation does: `advisory` is shown, `mandatory` stops the deployment, `remediate` changes the inputs. */
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

export const levels: readonly Level[] = ["advisory", "mandatory", "remediate", "disabled"];

export type Severity = "low" | "medium" | "high" | "critical";

/** Where a rule comes from, for the compliance reports that read it. */
interface Framework {
  /** `AWS FSBP` (Security Hub's Foundational Security Best Practices), `CIS AWS`, `AWS Well-Architected`, `AWS documentation`. */
  readonly name: string;
  /** The control's id or the chapter's title. */
  readonly reference: string;
}

/** What people read about a rule: in the engine's output, in the reports and on its page. */
export interface RuleDescription {
  /** Lower-case words joined by hyphens; begins with the service. Unique over all packs. */
  readonly name: string;
  /** One sentence: what holds for every resource that passes. */
  readonly description: string;
  /** Why the rule exists: what goes wrong, or what it costs, without it. */
  readonly why: string;
  /** The level in a stack that says nothing else. */
  readonly level: Level;
  readonly severity: Severity;
  readonly framework: Framework;
  /** What the rule is about, for filters: `firehose`, `cost`, `encryption`, ... */
  readonly tags: readonly string[];
  /** What to change, one step an item. */
  readonly remediationSteps: readonly string[];
  /** The Pulumi types that the rule is about, as its page names them. */
  readonly types: readonly string[];
}

/** A resource as a rule sees it: the analyzer protocol's, with plain property dependencies. */
export interface EvaluatedResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  /** The inputs (resource rules) or outputs (stack rules). Reading an unknown value throws. */
  readonly props: Record<string, unknown>;
  readonly protect: boolean;
  /** For each input, the resources that its value came from. Empty in resource rules: the protocol sends none. */
  readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

interface EvaluatingRule extends RuleDescription {
  /** The rule's own configuration, with its defaults; `exempt` is every rule's and not in it. */
  readonly config: z.ZodObject;
}

/** A rule about one resource, evaluated by its inputs before it is created or updated. */
export interface ResourceRule extends EvaluatingRule {
  readonly kind: "resource";
  readonly appliesTo: (resource: EvaluatedResource) => boolean;
  /** Whether `appliesTo` is true for all resources of `types[0]` and for no other. */
  readonly isOfOneType: boolean;
  readonly evaluate: (resource: EvaluatedResource, config: unknown) => Finding[];
  /** Corrects `props` in place; false when there is nothing that it could correct. */
  readonly remediate?: (resource: EvaluatedResource, config: unknown) => boolean;
}

/** A rule about how resources stand together, evaluated at the end by all resources' outputs. */
export interface StackRule extends EvaluatingRule {
  readonly kind: "stack";
  readonly evaluate: (resources: readonly EvaluatedResource[], config: unknown) => Finding[];
}

export type Rule = ResourceRule | StackRule;
