import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import {
  crossFieldProblems,
  problemsOf,
  SettingsError,
  settingsShape,
  type SettingsArgs,
} from "./settings.ts";

const configShapeOf = (datasets: readonly string[]) => ({
  ...settingsShape,
  /** Which datasets this stack has a pipeline for. Default: all of them. */
  ...(datasets.length > 0 && {
    datasets: z
      .array(z.enum(datasets, `one of ${datasets.join(", ")}`), "a list of names")
      .min(1, "one dataset or more")
      .refine((names) => new Set(names).size === names.length, "each dataset once")
      .default([...datasets]),
  }),
  /** The AWS account of the stack. Default: the provider is asked. */
  accountId: z
    .string()
    .regex(/^\d{12}$/, "12 digits")
    .optional(),
});

/** A stack's configuration: which datasets, where, and the settings of their pipelines. */
export interface StackConfig {
  datasets: string[];
  accountId: string | undefined;
  settings: SettingsArgs;
}

/**
 * Reads the configuration of the current stack (`Pulumi.<stack>.yaml`, keys `<project>:...`).
 * @param datasets the names of the program's datasets, for a program whose stacks choose among them by the key `datasets`.
 *   Default: none; there is no such key then.
 * @throws {SettingsError} with every mistake: a missing key, a wrong value, a key that does not exist.
 */
export function readConfig(datasets: readonly string[] = []): StackConfig {
  const shape = configShapeOf(datasets);
  const project = pulumi.getProject();
  const given = parseValues(project, pulumi.runtime.allConfig(), shape);
  const where = `Pulumi.${pulumi.getStack()}.yaml`;
  const result = z.strictObject(shape).safeParse(given);
  const problems = [...(result.success ? [] : problemsOf(result.error, given)), ...crossFieldProblems(given)];
  if (problems.length > 0 || !result.success) {
    throw new SettingsError(
      where,
      problems.map((problem) => ({ ...problem, key: `${project}:${problem.key}` })),
    );
  }
  // The settings as they were given: EventPipeline fills in the defaults, and a default gives way where a wish does not.
  const { datasets: _datasets, accountId: _accountId, ...settings } = given;
  const { datasets: chosen = [] } = result.data as { datasets?: string[] };
  return {
    datasets: chosen,
    accountId: result.data.accountId,
    settings: settings as SettingsArgs,
  };
}

/** Pulumi hands every value over as text; a key that is no string in the schema is JSON. */
function parseValues(
  project: string,
  config: Record<string, string>,
  shape: Record<string, z.ZodType | undefined>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(config)) {
    if (!key.startsWith(`${project}:`)) continue;
    const name = key.slice(project.length + 1);
    values[name] = isText(shape[name]) ? text : parseJson(text);
  }
  return values;
}

function isText(schema: z.ZodType | undefined): boolean {
  return schema === undefined || schema.safeParse("0000").error?.issues[0]?.code !== "invalid_type";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
