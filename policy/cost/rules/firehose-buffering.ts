import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { convertsFormat, type DeliveryStream } from "../../authoring/firehose.ts";
import { deliveryStream } from "../../authoring/resource-types.ts";

/** AWS refuses less with format conversion or dynamic partitioning (Firehose guide, "Record format conversion"). */
const awsMinimumMiB = 64;
/** What the provider sends when the size is unset, whatever the service's own default. */
const providerDefaultMiB = 5;
const defaultSeconds = 300;

export const firehoseBuffering = defineResourceRule<DeliveryStream>()({
  name: "firehose-buffering",
  description: "Firehose buffers enough for objects that are cheap to write and to query.",
  why: "Small buffers make many small objects: each costs a PUT, a GET at every query, and a Parquet footer. Below 64 MiB AWS refuses conversion and dynamic partitioning, and the AWS provider sends 5 MiB when nothing is said.",
  level: "mandatory",
  severity: "medium",
  framework: { name: "AWS documentation", reference: "Firehose: buffering hints" },
  tags: ["cost", "firehose"],
  types: [deliveryStream],
  remediationSteps: [
    "Set `bufferingSize` to 128 (MiB), at least 64.",
    "Set `bufferingInterval` to the longest delay that readers accept, at most 900 seconds.",
  ],
  config: {
    minMiB: z
      .int()
      .min(1)
      .max(128)
      .default(64)
      .describe("Smallest buffer, in MiB, with format conversion or dynamic partitioning."),
    minSeconds: z.int().min(0).max(900).default(60).describe("Shortest interval."),
    maxSeconds: z.int().min(0).max(900).default(900).describe("Longest interval."),
  },
  checks: [
    ({ props, config, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3 || !(convertsFormat(s3) || s3.dynamicPartitioningConfiguration?.enabled === true)) return;
      const least = Math.max(config.minMiB, awsMinimumMiB);
      const size = s3.bufferingSize ?? providerDefaultMiB;
      if (size >= least) return;
      const unset = s3.bufferingSize === undefined ? " (the provider's default)" : "";
      violation(`bufferingSize is ${size} MiB${unset}; use at least ${least}`);
    },
    ({ props, config: { minSeconds, maxSeconds }, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3) return;
      const interval = s3.bufferingInterval ?? defaultSeconds;
      if (interval >= minSeconds && interval <= maxSeconds) return;
      violation(`bufferingInterval is ${interval} seconds; use ${minSeconds} to ${maxSeconds}`);
    },
  ],
});
