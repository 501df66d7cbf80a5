import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { startStreams, type Streams } from "../../../local/stream/streams.ts";
import { kinesisSink } from "../../../producer/sinks/kinesis.ts";
import type { Sink } from "../../../producer/sinks/sink.ts";
import { planOf } from "../../local/fixture-plan.ts";
import { freePort } from "./redis.ts";

const region = "eu-central-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** The emulator's Kinesis with the streams of a test, on a port that a restart keeps. */
export class TestKinesis {
  readonly #folder: string;
  readonly #names: readonly string[];
  readonly port: number;
  #streams: Streams | undefined;

  private constructor(folder: string, port: number, names: readonly string[]) {
    this.#folder = folder;
    this.port = port;
    this.#names = names;
  }

  static async start(...names: string[]): Promise<TestKinesis> {
    const kinesis = new TestKinesis(
      await mkdtemp(join(tmpdir(), "sluice-kinesis-")),
      await freePort(),
      names,
    );
    await kinesis.up();
    return kinesis;
  }

  async up(): Promise<void> {
    const plan = planOf(
      this.#names.map((name) => ["aws:kinesis/stream:Stream", name, { name, shardCount: 2 }]),
    );
    this.#streams = await startStreams(plan, {
      folder: this.#folder,
      port: this.port,
      region,
      accountId: "123456789012",
    });
  }

  async down(): Promise<void> {
    await this.#streams?.close();
    this.#streams = undefined;
  }

  async stop(): Promise<void> {
    await this.down();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Puts records on a stream; through a proxy when a port is given. */
  sink(streamName: string, port = this.port): Sink {
    return kinesisSink({ streamName, region, endpoint: `http://127.0.0.1:${port}`, credentials });
  }

  /** The lines of all records of a stream. */
  async lines(StreamName: string): Promise<string[]> {
    const client = new KinesisClient({
      region,
      credentials,
      endpoint: `http://127.0.0.1:${this.port}`,
      requestHandler: new NodeHttpHandler(),
    });
    const lines: string[] = [];
    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
    for (const { ShardId } of Shards) {
      const first = await client.send(
        new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
      );
      for (let ShardIterator = first.ShardIterator; ShardIterator;) {
        const { Records = [], NextShardIterator } = await client.send(
          new GetRecordsCommand({ ShardIterator }),
        );
        for (const { Data } of Records)
          lines.push(
            ...Buffer.from(Data ?? [])
              .toString()
              .split("\n")
              .slice(0, -1),
          );
        ShardIterator = Records.length > 0 ? NextShardIterator : undefined;
      }
    }
    client.destroy();
    return lines;
  }
}
