import { RunError } from "@pulumi/pulumi/errors.js";
import { z } from "zod";
import { defaults } from "./defaults.ts";
import { httpProblems, httpSettingsShape } from "./http-settings.ts";
import { sourceProblems, sourceSettingsShape } from "./source-settings.ts";

const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const oneOfRetentions = `one of ${retentions.join(", ")}`;

const tagValueRule = "1-256 letters, digits, spaces or _ . : / = + - @ (AWS tags)";
const tagValue = z.string(tagValueRule).regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u, tagValueRule);
const tagKey = z
  .string()
  .regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, "1-128 characters, and not aws: (AWS tags)");
const days = (least: number, most: number) =>
  z
    .int(`a whole number of days, ${least}-${most}`)
    .min(least, `${least} or more`)
    .max(most, `${most} or less`);

/** What can be set on a pipeline, in a stack's configuration and as arguments of `EventPipeline` alike. */
export const settingsShape = {
  /** Tag `owner`: who answers for the pipeline. */
  owner: tagValue,
  /** Tag `cost-center`: who pays for it. */
  costCenter: tagValue,
  /** Tag `environment`. Default: the name of the stack. */
  environment: tagValue.optional(),
  /** Tag `data-classification`. */
  dataClassification: tagValue.default(defaults.dataClassification.value),
  /** More tags for every resource. They may not replace sluice's own. */
  tags: z.record(tagKey, tagValue, "tags by their keys").default({}),
  ...sourceSettingsShape,
  ...httpSettingsShape,
  streamMode: z
    .enum(["ON_DEMAND", "PROVISIONED"], "ON_DEMAND or PROVISIONED")
    .default(defaults.streamMode.value),
  /** Shards of a PROVISIONED stream. */
  shardCount: z.int("a whole number").min(1, "1 or more").max(10_000, "10000 or less").optional(),
  retentionHours: z
    .int("a whole number of hours, 24-8760")
    .min(24, "24 or more")
    .max(8760, "8760 or less")
    .default(defaults.retentionHours.value),
  bufferingSizeMiB: z
    .int("a whole number of MiB, 64-128")
    .min(64, "64 or more: Firehose refuses less with format conversion")
    .max(128, "128 or less")
    .default(defaults.bufferingSizeMiB.value),
  bufferingIntervalSeconds: z
    .int("a whole number of seconds, 0-900")
    .min(0, "0 or more")
    .max(900, "900 or less")
    .default(defaults.bufferingIntervalSeconds.value),
  parquetCompression: z
    .enum(["SNAPPY", "GZIP"], "SNAPPY or GZIP: Firehose writes no other codec that compresses")
    .default(defaults.parquetCompression.value),
  rawBackup: z.boolean("true or false").default(defaults.rawBackup.value),
  versioning: z.boolean("true or false").default(defaults.versioning.value),
  dataExpiryDays: days(1, 36_500).optional(),
  infrequentAccessAfterDays: days(30, 36_500).default(defaults.infrequentAccessAfterDays.value),
  resultExpiryDays: days(1, 3650).default(defaults.resultExpiryDays.value),
  accessLogging: z.boolean("true or false").default(defaults.accessLogging.value),
  accessLogExpiryDays: days(1, 3650).default(defaults.accessLogExpiryDays.value),
  bytesScannedCutoffPerQuery: z
    .int("a whole number of bytes, 10485760 or more")
    .min(10_485_760, "10485760 or more: the AWS provider refuses less")
    .default(defaults.bytesScannedCutoffPerQuery.value),
  logRetentionDays: z
    .number(oneOfRetentions)
    .refine((value) => retentions.includes(value), oneOfRetentions)
    .default(defaults.logRetentionDays.value),
  alarms: z.boolean("true or false").default(defaults.alarms.value),
  /** Who gets a mail when an alarm goes off; AWS asks the address to confirm. Default: nobody. */
  alarmEmail: z.email("an e-mail address").optional(),
  /** The account's principals that may assume the analyst role. Default: those that its IAM policies allow. */
  analystPrincipalArns: z
    .array(
      z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:(root|role\/.+|user\/.+)$/, "ARNs of IAM principals"),
      "a list of ARNs",
    )
    .min(1, "one ARN or more")
    .optional(),
  protect: z.boolean("true or false").default(defaults.protect.value),
  forceDestroy: z.boolean("true or false").default(defaults.forceDestroy.value),
};

const settingsSchema = z.strictObject(settingsShape);

/** The settings of one pipeline with all defaults applied. */
export type Settings = z.output<typeof settingsSchema>;
export type SettingsArgs = z.input<typeof settingsSchema>;

/** The rules that hold between settings, as they are given: where none is given, the default counts. */
export function crossFieldProblems(given: Partial<SettingsArgs>): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const problem = (key: keyof SettingsArgs, rule: string) => problems.push({ key, value: given[key], rule });
  for (const [key, rule] of [...sourceProblems(given), ...httpProblems(given)]) problem(key, rule);
  const streamMode = given.streamMode ?? defaults.streamMode.value;
  if (streamMode === "PROVISIONED" && given.shardCount === undefined) {
    problem("shardCount", "a PROVISIONED stream needs a number of shards");
  }
  if (streamMode === "ON_DEMAND" && given.shardCount !== undefined) {
    problem("shardCount", "an ON_DEMAND stream has none: drop it, or set PROVISIONED");
  }
  const { infrequentAccessAfterDays, dataExpiryDays } = given;
  // The default gives way to an earlier expiry, a number that was asked for does not.
  if (
    infrequentAccessAfterDays !== undefined &&
    dataExpiryDays !== undefined &&
    infrequentAccessAfterDays >= dataExpiryDays
  ) {
    problem("infrequentAccessAfterDays", `less than dataExpiryDays (${dataExpiryDays})`);
  }
  if (given.protect === true && given.forceDestroy === true) {
    problem("forceDestroy", "false where protect is true");
  }
  if (given.alarmEmail !== undefined && given.alarms === false) {
    problem("alarmEmail", "set only where alarms is true");
  }
  const own = ["project", "environment", "owner", "cost-center", "data-classification", "pipeline"];
  const taken = Object.keys(given.tags ?? {}).filter((key) => own.includes(key.toLowerCase()));
  if (taken.length > 0) problem("tags", `${taken.join(", ")}: set by sluice from the other settings`);
  return problems;
}

/** One mistake in settings: which key, what was given, what is allowed. */
export interface SettingsProblem {
  key: string;
  value: unknown;
  rule: string;
}

/** All mistakes of some settings at once. Pulumi shows a RunError without a stack trace. */
export class SettingsError extends RunError {
  readonly problems: readonly SettingsProblem[];
  /** A wrong call, for commands that end with it. */
  readonly exitCode = 2;

  constructor(where: string, problems: readonly SettingsProblem[]) {
    const lines = problems.map(({ key, value, rule }) => `  ${key}: ${shown(value)} - ${rule}`);
    super(
      `${where} has ${problems.length === 1 ? "a mistake" : `${problems.length} mistakes`}:\n${lines.join("\n")}`,
    );
    this.problems = problems;
  }
}

function shown(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}

/** A schema's complaints as problems with the given values. */
export function problemsOf(error: z.ZodError, given: unknown): SettingsProblem[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        key: [...path, key].join("."),
        value: valueAt(given, [...path, key]),
        rule: "no such setting: check its spelling",
      }));
    }
    const value = valueAt(given, path);
    if (issue.code === "invalid_key") {
      return [{ key: path.join("."), value, rule: issue.issues[0]?.message ?? issue.message }];
    }
    const rule = value === undefined && issue.code === "invalid_type" ? "required" : issue.message;
    return [{ key: path.join("."), value, rule }];
  });
}

function valueAt(given: unknown, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], given);
}

/**
 * Checks settings and fills in the defaults.
 * @throws {SettingsError} with every mistake.
 */
export function parseSettings(where: string, given: SettingsArgs): Settings {
  const result = settingsSchema.safeParse(given);
  const problems = [...(result.success ? [] : problemsOf(result.error, given)), ...crossFieldProblems(given)];
  if (problems.length > 0 || !result.success) throw new SettingsError(where, problems);
  return result.data;
}
