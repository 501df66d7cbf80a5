import { z } from "zod";
import { exemptSchema } from "./exemptions.ts";
import type { Exemption } from "./exemptions.ts";
import type { Rule } from "./rule.ts";

/** A rule's configuration, split into its own part and every rule's. */
export interface RuleConfiguration {
  readonly own: unknown;
  readonly exempt: readonly Exemption[];
}

/** Zod compiles each schema at its first use, which takes longer than a rule: once for all resources. */
const schemas = new WeakMap<Rule, z.ZodObject>();

/** The schema of everything that may stand under a rule's name in a levels file, but its level. */
export function configurationSchema(rule: Rule): z.ZodObject {
  let schema = schemas.get(rule);
  if (!schema) schemas.set(rule, (schema = rule.config.extend({ exempt: exemptSchema })));
  return schema;
}

/**
 * Reads a rule's configuration as the engine gives it, with the defaults filled in: outside of the engine the SDK
 * gives none.
 * @returns the problems instead, when a property is not the rule's or has a wrong value: the engine accepts both.
 */
export function readConfiguration(
  rule: Rule,
  given: Record<string, unknown>,
): { configuration: RuleConfiguration } | { problems: string[] } {
  const result = configurationSchema(rule).safeParse(given);
  if (!result.success) return { problems: result.error.issues.map(problemOf) };
  const { exempt, ...own } = result.data as Record<string, unknown> & { exempt: Exemption[] };
  return { configuration: { own, exempt } };
}

/** One problem of a configuration, naming the property. */
export function problemOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join(".");
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}

/** The properties of the rule's configuration as JSON Schema, each with its default. */
export function jsonSchemaProperties(rule: Rule): Record<string, Record<string, unknown>> {
  const { properties } = z.toJSONSchema(configurationSchema(rule), { io: "input" });
  return properties as Record<string, Record<string, unknown>>;
}
