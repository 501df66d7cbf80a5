import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { datasets } from "../datasets/index.ts";
import {
  crossFieldProblems,
  problemsOf,
  SettingsError,
  settingsShape,
  type SettingsArgs,
} from "./settings.ts";

const datasetNames = [...datasets.keys()];

const configShape = {
  ...settingsShape,
  /** Which datasets this stack has a pipeline for. */
  datasets: z
    .array(z.enum(datasetNames, `one of ${datasetNames.join(", ")}`), "a list of names")
    .min(1, "one dataset or more")
    .refine((names) => new Set(names).size === names.length, "each dataset once"),
  /** The AWS account of the stack. Default: the provider is asked. */
  accountId: z
    .string()
    .regex(/^\d{12}$/, "12 digits")
    .optional(),
};

const configSchema = z.strictObject(configShape);

/** A stack's configuration: which datasets, where, and the settings of their pipelines. */
export interface StackConfig {
  datasets: string[];
  accountId: string | undefined;
  settings: SettingsArgs;
}

/**
 * Reads the configuration of the current stack (`Pulumi.<stack>.yaml`, keys `sluice:...`).
 * @throws {SettingsError} with every mistake: a missing key, a wrong value, a key that does not exist.
 */
export function readConfig(): StackConfig {
  const project = pulumi.getProject();
  const given = parseValues(project, pulumi.runtime.allConfig());
  const where = `Pulumi.${pulumi.getStack()}.yaml`;
  const result = configSchema.safeParse(given);
  const problems = [...(result.success ? [] : problemsOf(result.error, given)), ...crossFieldProblems(given)];
  if (problems.length > 0 || !result.success) {
    throw new SettingsError(
      where,
      problems.map((problem) => ({ ...problem, key: `${project}:${problem.key}` })),
    );
  }
  // The settings as they were given: EventPipeline fills in the defaults, and a default gives way where a wish does not.
  const { datasets: _datasets, accountId: _accountId, ...settings } = given;
  return {
    datasets: result.data.datasets,
    accountId: result.data.accountId,
    settings: settings as SettingsArgs,
  };
}

/** Pulumi hands every value over as text; a key that is no string in the schema is JSON. */
function parseValues(project: string, config: Record<string, string>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(config)) {
    if (!key.startsWith(`${project}:`)) continue;
    const name = key.slice(project.length + 1);
    values[name] = isText(name) ? text : parseJson(text);
  }
  return values;
}

function isText(name: string): boolean {
  const schema = (configShape as Record<string, z.ZodType | undefined>)[name];
  return schema === undefined || schema.safeParse("0000").error?.issues[0]?.code !== "invalid_type";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
