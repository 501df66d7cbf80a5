import { z } from "zod";
import { Findings } from "./findings.ts";
import type { EvaluatedResource, ResourceRule, RuleDescription, StackRule } from "./rule.ts";

type ConfigOf<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>>;

/** What a resource rule's check sees. `Props` are the inputs of the rule's type. */
interface ResourceCase<Props, Config> {
  readonly props: Props;
  readonly resource: EvaluatedResource;
  readonly config: Config;
  readonly violation: (message: string) => void;
  /** Evaluates each item alone: one that meets an unknown value does not hide the next. */
  readonly each: <Item>(
    items: readonly Item[] | undefined,
    evaluate: (item: Item, index: number) => void,
  ) => void;
}

interface ResourceRuleDefinition<Props, Shape extends z.ZodRawShape> extends RuleDescription {
  /** The rule's configuration; every property has a default. */
  readonly config: Shape;
  /** Which resources the rule is about. Default: those of `types`. */
  readonly appliesTo?: (resource: EvaluatedResource) => boolean;
  /** Independent of each other: one that meets an unknown value does not keep the others from being evaluated. */
  readonly checks: readonly ((subject: ResourceCase<Props, ConfigOf<Shape>>) => void)[];
  /** Corrects `props` in place; false when there is nothing to correct. */
  readonly remediate?: (props: Props, config: ConfigOf<Shape>) => boolean;
}

/** A rule about one resource. `Props` is the unwrapped type of its inputs. */
export function defineResourceRule<Props>() {
  return <const Shape extends z.ZodRawShape>({
    checks,
    remediate,
    config: shape,
    ...description
  }: ResourceRuleDefinition<Props, Shape>): ResourceRule => {
    const types = new Set(description.types);
    const schema = z.strictObject(shape);
    return {
      appliesTo: (resource) => types.has(resource.type),
      ...description,
      kind: "resource",
      isOfOneType: types.size === 1 && description.appliesTo === undefined,
      config: schema,
      evaluate: (resource, config) => {
        const findings = new Findings();
        const { urn } = resource;
        const subject: ResourceCase<Props, ConfigOf<Shape>> = {
          props: resource.props as Props,
          resource,
          config: schema.parse(config),
          violation: (message) => findings.violation(urn, message),
          each: (items, evaluate) => {
            // By index: an iterator would throw at the first unknown item.
            for (let index = 0; index < (items?.length ?? 0); index++) {
              findings.attempt(urn, () => evaluate(items![index]!, index));
            }
          },
        };
        for (const check of checks) findings.attempt(urn, () => check(subject));
        return findings.list;
      },
      ...(remediate && {
        remediate: (resource, config) => remediate(resource.props as Props, schema.parse(config)),
      }),
    };
  };
}

/** What a stack rule sees. */
export interface StackCase<Config> {
  readonly resources: readonly EvaluatedResource[];
  readonly config: Config;
  readonly violation: (resource: EvaluatedResource, message: string) => void;
  readonly unknown: (resource: EvaluatedResource, what: string) => void;
  /** Evaluates each resource alone: one that meets an unknown value does not hide the next. */
  readonly each: (
    resources: readonly EvaluatedResource[],
    evaluate: (resource: EvaluatedResource) => void,
  ) => void;
}

interface StackRuleDefinition<Shape extends z.ZodRawShape> extends RuleDescription {
  readonly config: Shape;
  readonly check: (subject: StackCase<ConfigOf<Shape>>) => void;
}

/** A rule about how the resources of a stack stand together. */
export function defineStackRule<const Shape extends z.ZodRawShape>({
  check,
  config: shape,
  ...description
}: StackRuleDefinition<Shape>): StackRule {
  const schema = z.strictObject(shape);
  return {
    ...description,
    kind: "stack",
    config: schema,
    evaluate: (resources, config) => {
      const findings = new Findings();
      check({
        resources,
        config: schema.parse(config),
        violation: (resource, message) => findings.violation(resource.urn, message),
        unknown: (resource, what) => findings.unknown(resource.urn, what),
        each: (some, evaluate) => {
          for (const resource of some) findings.attempt(resource.urn, () => evaluate(resource));
        },
      });
      return findings.list;
    },
  };
}
