import { z } from "zod";
import { configurationSchema, jsonSchemaProperties, problemOf } from "../authoring/configuration.ts";
import { suggestion } from "./suggestion.ts";
import { levels as levelNames, type Level, type Rule } from "../authoring/rule.ts";

/** A levels file that is wrong; the message lists every mistake. */
export class LevelsError extends Error {}

/** A rule's level and its configuration, with the defaults filled in. */
export interface RuleConfig {
  readonly level: Level;
  readonly properties: Record<string, unknown>;
}

const levelSchema = z.enum(levelNames as [Level, ...Level[]]);

/**
 * Reads a levels file: the format of `--policy-pack-config`, for all packs at once. Under each rule's name stands a
 * level, or an object with `enforcementLevel` and the rule's own properties; `all` sets the level of all others.
 * @param source what the file is called in messages.
 * @returns the configuration of every rule.
 * @throws {LevelsError} with every mistake: a rule or property that does not exist, a wrong value. The engine accepts
 *   both silently, so the override that one meant would not hold.
 */
export function readLevels(text: string, source: string, rules: readonly Rule[]): Map<string, RuleConfig> {
  const file = parse(text, source);
  const problems: string[] = [];
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const forAll = file["all"] === undefined ? undefined : entryOf("all", file["all"], problems).level;

  const configured = new Map<string, RuleConfig>();
  for (const rule of rules)
    configured.set(rule.name, { level: forAll ?? rule.level, properties: defaultsOf(rule) });
  for (const [name, value] of Object.entries(file)) {
    if (name === "all") continue;
    const rule = byName.get(name);
    if (!rule) {
      problems.push(`"${name}" is no rule.${suggestion(name, [...byName.keys()])}`);
      continue;
    }
    const { level, properties } = entryOf(name, value, problems);
    const result = configurationSchema(rule).safeParse(properties);
    if (!result.success) problems.push(...result.error.issues.map((issue) => `${name}: ${problemOf(issue)}`));
    configured.set(name, {
      level: level ?? forAll ?? rule.level,
      properties: { ...defaultsOf(rule), ...properties },
    });
  }
  if (problems.length > 0) {
    throw new LevelsError(`${source}:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
  return configured;
}

function entryOf(
  name: string,
  value: unknown,
  problems: string[],
): { level: Level | undefined; properties: Record<string, unknown> } {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { enforcementLevel, ...properties } = isObject
    ? (value as Record<string, unknown>)
    : { enforcementLevel: value };
  const level = levelSchema.safeParse(enforcementLevel);
  if (!level.success && (enforcementLevel !== undefined || !isObject)) {
    problems.push(
      `${name}: the level is one of ${levelNames.join(", ")}, not ${JSON.stringify(enforcementLevel)}.`,
    );
  }
  // The engine would take an object without a level as advisory.
  if (isObject && enforcementLevel === undefined) problems.push(`${name}: say its enforcementLevel.`);
  return { level: level.data, properties };
}

function defaultsOf(rule: Rule): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(jsonSchemaProperties(rule)).map(([property, schema]) => [property, schema["default"]]),
  );
}

function parse(text: string, source: string): Record<string, unknown> {
  try {
    const file: unknown = JSON.parse(text);
    if (typeof file === "object" && file !== null && !Array.isArray(file))
      return file as Record<string, unknown>;
  } catch {
    throw new LevelsError(`${source} is no valid JSON.`);
  }
  throw new LevelsError(`${source} holds no object with a rule's name at each key.`);
}
