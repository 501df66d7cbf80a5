import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  UpdateShardCountCommand,
  type GetShardIteratorCommandInput,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { startStreams, type Streams } from "../../../local/stream/streams.ts";
import { planOf } from "../fixture-plan.ts";
import { kinesisClient } from "../kinesis-client.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Tests that read what they put have a stream of their own. */
const plan = planOf([
  ...["two", "read", "iterated", "resharded"].map((name): [string, string, Record<string, unknown>] => [
    "aws:kinesis/stream:Stream",
    name,
    { name, shardCount: 2, retentionPeriod: 48 },
  ]),
  [
    "aws:kinesis/stream:Stream",
    "demand",
    { name: "demand", streamModeDetails: { streamMode: "ON_DEMAND" }, retentionPeriod: 24 },
  ],
]);
const where = { region: "eu-central-1", accountId: "123456789012" };

describe("the declared streams", () => {
  let folder: string;
  let streams: Streams;
  let client: KinesisClient;
  const start = async () => {
    streams = await startStreams(plan, { folder, port: 0, ...where });
    client = kinesisClient(streams.endpoint);
  };
  const stop = async () => {
    client.destroy();
    await streams.close();
  };
  // Started once: kinesis-mock takes half a second.
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-"));
    await start();
  });
  after(async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  });

  const put = (data: string, StreamName = "two") =>
    client.send(new PutRecordCommand({ StreamName, PartitionKey: "key", Data: Buffer.from(data) }));
  const read = async (request: GetShardIteratorCommandInput) => {
    const { ShardIterator } = await client.send(new GetShardIteratorCommand(request));
    const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
    return {
      data: Records.map(({ Data }) => Buffer.from(Data as Uint8Array).toString()),
      Records,
      NextShardIterator,
    };
  };

  it("have the declared mode, shards and retention", async () => {
    const summaryOf = async (StreamName: string) => {
      const { StreamDescriptionSummary: s } = await client.send(
        new DescribeStreamSummaryCommand({ StreamName }),
      );
      return [
        s?.StreamStatus,
        s?.StreamModeDetails?.StreamMode,
        s?.OpenShardCount,
        s?.RetentionPeriodHours,
        s?.StreamARN,
      ];
    };
    assert.deepEqual(await summaryOf("two"), [
      "ACTIVE",
      "PROVISIONED",
      2,
      48,
      "arn:aws:kinesis:eu-central-1:123456789012:stream/two",
    ]);
    assert.deepEqual((await summaryOf("demand")).slice(0, 4), ["ACTIVE", "ON_DEMAND", 4, 24]);
  });

  it("give each record to the shard that its partition key or its hash key says", async () => {
    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: "two" }));
    const { Records = [] } = await client.send(
      new PutRecordsCommand({
        StreamARN: "arn:aws:kinesis:eu-central-1:123456789012:stream/two",
        Records: [
          // The MD5 of "a" starts with 0c, that of "b" with 92.
          { PartitionKey: "a", Data: Buffer.from("1") },
          { PartitionKey: "b", Data: Buffer.from("2") },
          { PartitionKey: "a", ExplicitHashKey: String(2n ** 128n - 1n), Data: Buffer.from("3") },
          { PartitionKey: "b", ExplicitHashKey: "0", Data: Buffer.from("4") },
        ],
      }),
    );
    const [first, second] = Shards.map(({ ShardId }) => ShardId);
    assert.deepEqual(
      Records.map(({ ShardId }) => ShardId),
      [first, second, second, first],
    );
  });

  it("give sequence numbers that rise", async () => {
    const numbers = [];
    for (let i = 0; i < 5; i++) numbers.push((await put("x")).SequenceNumber);
    assert.deepEqual([...numbers].sort(), numbers);
    assert.equal(new Set(numbers).size, 5);
    for (const number of numbers) assert.match(number ?? "", /^\d{56}$/);
  });

  it("give their records back with GetRecords, from each kind of start", async () => {
    const StreamName = "read";
    const ShardId = (await put("one", StreamName)).ShardId as string;
    const middle = await put("two", StreamName);
    await put("three", StreamName);
    const from = async (request: Partial<GetShardIteratorCommandInput>) =>
      (await read({ StreamName, ShardId, ShardIteratorType: "LATEST", ...request })).data;
    const StartingSequenceNumber = middle.SequenceNumber as string;
    const future = new Date(Date.now() + 60_000);
    assert.deepEqual(await from({ ShardIteratorType: "TRIM_HORIZON" }), ["one", "two", "three"]);
    assert.deepEqual(await from({ ShardIteratorType: "LATEST" }), []);
    assert.deepEqual(await from({ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber }), [
      "two",
      "three",
    ]);
    assert.deepEqual(await from({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber }), [
      "three",
    ]);
    assert.deepEqual(await from({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(0) }), [
      "one",
      "two",
      "three",
    ]);
    assert.deepEqual(await from({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: future }), []);
  });

  it("go on with the next shard iterator, also after they were started again", async () => {
    const StreamName = "iterated";
    const ShardId = (await put("one", StreamName)).ShardId as string;
    const first = await read({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" });
    assert.deepEqual(first.data, ["one"]);
    await stop();
    await start();
    await put("two", StreamName);
    await put("three", StreamName);
    const { Records } = await client.send(
      new GetRecordsCommand({ ShardIterator: first.NextShardIterator, Limit: 1 }),
    );
    assert.deepEqual(
      Records?.map(({ Data }) => Buffer.from(Data as Uint8Array).toString()),
      ["two"],
    );
    assert.deepEqual((await read({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" })).data, [
      "one",
      "two",
      "three",
    ]);
  });

  it("use their new shards after they were resharded", async () => {
    const StreamName = "resharded";
    await put("x", StreamName);
    await client.send(
      new UpdateShardCountCommand({ StreamName, TargetShardCount: 4, ScalingType: "UNIFORM_SCALING" }),
    );
    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
    const open = Shards.filter(
      ({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined,
    );
    const { ShardId } = await put("x", StreamName);
    assert.ok(open.some((shard) => shard.ShardId === ShardId));
  });

  it("speak HTTP/1.1 as well as HTTP/2", async () => {
    const old = new KinesisClient({
      endpoint: streams.endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
      requestHandler: new NodeHttpHandler(),
    });
    const { ShardId } = await old.send(
      new PutRecordCommand({ StreamName: "two", PartitionKey: "key", Data: Buffer.from("x") }),
    );
    assert.match(ShardId ?? "", /^shardId-/);
    await old.send(new ListShardsCommand({ StreamName: "two" }));
    old.destroy();
  });

  it("listen on the loopback interface only", () => {
    assert.match(streams.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe("the port of the streams", () => {
  const folder = temporaryFolder();

  it("can be chosen; when it is taken the error says so and nothing keeps running", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    await assert.rejects(
      startStreams(plan, { folder: folder(), port, ...where }),
      new RegExp(`^Error: Port ${port} on 127\\.0\\.0\\.1 is taken by another program\\.`),
    );
    await new Promise((resolve) => other.close(resolve));
    const streams = await startStreams(plan, { folder: folder(), port, ...where });
    assert.equal(streams.endpoint, `http://127.0.0.1:${port}`);
    await streams.close();
  });
});
