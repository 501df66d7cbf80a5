import * as pulumi from "@pulumi/pulumi";
import * as kinesis from "@pulumi/aws/kinesis/index.js";
import type { Settings } from "../settings.ts";
import { transformed, type Transform } from "../transform.ts";
import type { PartArgs } from "./part.ts";

export interface EventStreamArgs extends PartArgs {
  keyArn: pulumi.Input<string>;
  settings: Pick<Settings, "streamMode" | "shardCount" | "retentionHours" | "forceDestroy">;
  transform?: Transform<kinesis.StreamArgs> | undefined;
}

/** The Kinesis data stream that producers put events into. */
export class EventStream extends pulumi.ComponentResource {
  readonly stream: kinesis.Stream;

  constructor(name: string, args: EventStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:EventStream", name, {}, opts);
    const { streamMode, shardCount, retentionHours, forceDestroy } = args.settings;
    this.stream = new kinesis.Stream(
      name,
      ...transformed(
        args.transform,
        {
          name: args.names.stream.name,
          streamModeDetails: { streamMode },
          // The provider refuses a shard count with ON_DEMAND.
          ...(streamMode === "PROVISIONED" ? { shardCount: shardCount! } : {}),
          retentionPeriod: retentionHours,
          encryptionType: "KMS",
          kmsKeyId: args.keyArn,
          enforceConsumerDeletion: forceDestroy,
          tags: args.tags,
        },
        { parent: this },
      ),
    );
    this.registerOutputs({ name: this.stream.name });
  }
}
