import type { DeclaredStream } from "./declared-streams.ts";
import { AwsApiError } from "../http/aws-json.ts";
import { signedFor } from "../http/credential-scope.ts";
import { ShardMap } from "./shard-map.ts";

interface ListedShard {
  ShardId: string;
  HashKeyRange: { StartingHashKey: string };
  /** An open shard has none: null. */
  SequenceNumberRange: { EndingSequenceNumber?: string | null };
}

/** The Kinesis API of kinesis-mock in one region, as far as the emulator itself calls it. */
export class ControlPlane {
  readonly #url: string;
  readonly #region: string;

  constructor(port: number, region: string) {
    this.#url = `http://127.0.0.1:${port}/`;
    this.#region = region;
  }

  /** Creates a stream as it is declared and waits until it is ACTIVE. */
  async createStream(stream: Omit<DeclaredStream, "region">): Promise<void> {
    const StreamName = stream.name;
    await this.#call("CreateStream", {
      StreamName,
      StreamModeDetails: { StreamMode: stream.mode },
      ...(stream.mode === "PROVISIONED" && { ShardCount: stream.shardCount }),
    });
    await this.#untilActive(StreamName);
    if (stream.retentionHours > 24) {
      const RetentionPeriodHours = stream.retentionHours;
      await this.#call("IncreaseStreamRetentionPeriod", { StreamName, RetentionPeriodHours });
    }
  }

  /** The open shards of a stream. @throws {AwsApiError} kinesis-mock's own, when there is no such stream. */
  async shardMap(stream: { StreamName: string } | { StreamARN: string }): Promise<ShardMap> {
    const { Shards } = (await this.#call("ListShards", stream)) as { Shards: ListedShard[] };
    return new ShardMap(
      Shards.filter((shard) => typeof shard.SequenceNumberRange.EndingSequenceNumber !== "string").map(
        (shard) => ({
          shardId: shard.ShardId,
          startingHashKey: BigInt(shard.HashKeyRange.StartingHashKey),
        }),
      ),
    );
  }

  async #untilActive(StreamName: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const { StreamDescriptionSummary } = (await this.#call("DescribeStreamSummary", { StreamName })) as {
        StreamDescriptionSummary: { StreamStatus: string };
      };
      const status = StreamDescriptionSummary.StreamStatus;
      if (status === "ACTIVE") return;
      if (Date.now() > deadline) throw new Error(`Stream "${StreamName}" is ${status} after 10 seconds.`);
    }
  }

  async #call(action: string, body: unknown): Promise<unknown> {
    const response = await fetch(this.#url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `Kinesis_20131202.${action}`,
        // kinesis-mock keeps streams by the region of the credential scope, and checks no signature.
        ...signedFor(this.#region, "kinesis"),
      },
    });
    const text = await response.text();
    const answer = text === "" ? {} : (JSON.parse(text) as unknown);
    if (response.ok) return answer;
    const { __type, message } = answer as { __type?: string; message?: string };
    throw new AwsApiError(__type ?? "InternalFailure", message ?? text, response.status);
  }
}
