import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { kinesis } from "@pulumi/aws";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { stream } from "../../authoring/resource-types.ts";

type Stream = Unwrap<kinesis.StreamArgs>;

function modeOf(props: Stream): string {
  return props.streamModeDetails?.streamMode ?? "PROVISIONED";
}

export const kinesisCapacity = defineResourceRule<Stream>()({
  name: "kinesis-capacity",
  description: "A stream's capacity is one that AWS accepts and that somebody chose.",
  why: "Shards and shard-level metrics are billed by the hour whether used or not, and AWS refuses a shard count on an on-demand stream only at the deployment.",
  level: "advisory",
  severity: "medium",
  framework: { name: "AWS documentation", reference: "Kinesis: data stream capacity mode" },
  tags: ["cost", "kinesis"],
  types: [stream],
  remediationSteps: [
    "ON_DEMAND: leave `shardCount` unset. PROVISIONED: set it to what the peak needs (1 MiB/s or 1,000 records/s a shard).",
    "Leave `shardLevelMetrics` unset unless somebody reads them.",
  ],
  config: {
    modes: z
      .array(z.enum(["ON_DEMAND", "PROVISIONED"]))
      .default(["ON_DEMAND", "PROVISIONED"])
      .describe("Accepted capacity modes."),
    maxShards: z.int().min(1).default(16).describe("Highest accepted number of shards."),
    allowShardLevelMetrics: z
      .boolean()
      .default(false)
      .describe("Whether paid shard-level metrics are accepted."),
  },
  checks: [
    ({ props, config, violation }) => {
      const mode = modeOf(props);
      if (!(config.modes as string[]).includes(mode)) {
        violation(`the capacity mode is ${mode}; use ${config.modes.join(" or ")}`);
      }
    },
    ({ props, config, violation }) => {
      if (modeOf(props) === "ON_DEMAND") {
        if ((props.shardCount ?? 0) > 0)
          violation("shardCount is set on an ON_DEMAND stream, which AWS refuses");
        return;
      }
      const shards = props.shardCount ?? 0;
      if (shards < 1) violation("shardCount is unset on a PROVISIONED stream, which AWS refuses");
      else if (shards > config.maxShards)
        violation(`shardCount is ${shards}; use at most ${config.maxShards}`);
    },
    ({ props, config, violation }) => {
      if (config.allowShardLevelMetrics || (props.shardLevelMetrics?.length ?? 0) === 0) return;
      violation("shardLevelMetrics is set, which is billed by shard and metric");
    },
  ],
});
