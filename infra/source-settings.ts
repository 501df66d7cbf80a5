import { z } from "zod";
import { defaults } from "./defaults.ts";

/** What can be set on where a pipeline's events come from. */
export const sourceSettingsShape = {
  source: z
    .enum(["KINESIS", "DIRECT_PUT", "CLOUDWATCH_LOGS"], "KINESIS, DIRECT_PUT or CLOUDWATCH_LOGS")
    .default(defaults.source.value),
  /** The log group whose messages are the events. */
  logGroupName: z
    .string()
    .regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, "1-512 letters, digits or . - _ / # (CloudWatch Logs API)")
    .optional(),
  /** Which messages of the log group. Default: all. */
  logFilterPattern: z.string().max(1024, "1024 characters or less").optional(),
  /** Events come from this MQTT topic of AWS IoT as well. Default: none. */
  iotTopicFilter: z
    .string()
    .regex(
      /^(?=.{1,256}$)([^+#/'\s]+|\+)(\/([^+#/'\s]+|\+))*(\/#)?$/,
      "an MQTT topic filter such as shop/+/events: + for a level, /# at the end for all below",
    )
    .optional(),
};

type Given = Partial<z.input<z.ZodObject<typeof sourceSettingsShape>>>;
/** Settings of the stream, which other sources do without. */
const streamKeys = ["streamMode", "shardCount", "retentionHours"] as const;
type StreamKey = (typeof streamKeys)[number];

/** The rules between a pipeline's source and other settings, as pairs of a setting and its rule. */
export function sourceProblems(
  given: Given & { [Key in StreamKey]?: unknown },
): [keyof Given | StreamKey, string][] {
  const problems: [keyof Given | StreamKey, string][] = [];
  const source = given.source ?? defaults.source.value;
  if (source !== "KINESIS") {
    for (const key of streamKeys) {
      if (given[key] !== undefined) problems.push([key, `set only where source is KINESIS, not ${source}`]);
    }
  }
  if (source === "CLOUDWATCH_LOGS") {
    if (given.logGroupName === undefined)
      problems.push(["logGroupName", "CLOUDWATCH_LOGS needs a log group"]);
    if (given.iotTopicFilter !== undefined) {
      problems.push([
        "iotTopicFilter",
        "not with CLOUDWATCH_LOGS: Firehose would decompress those events too",
      ]);
    }
  } else {
    for (const key of ["logGroupName", "logFilterPattern"] as const) {
      if (given[key] !== undefined) problems.push([key, "set only where source is CLOUDWATCH_LOGS"]);
    }
  }
  return problems;
}
