import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  PutRecordsCommand,
  SubscribeToShardCommand,
  type KinesisClient,
} from "@aws-sdk/client-kinesis";
import { startStreams, type Streams } from "../../../local/stream/streams.ts";
import { planOf } from "../fixture-plan.ts";
import { kinesisClient } from "../kinesis-client.ts";

describe("the Kinesis API of the emulator", () => {
  let folder: string;
  let streams: Streams;
  let client: KinesisClient;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-"));
    const plan = planOf([["aws:kinesis/stream:Stream", "two", { name: "two", shardCount: 2 }]]);
    streams = await startStreams(plan, {
      folder,
      port: 0,
      region: "eu-central-1",
      accountId: "123456789012",
    });
    client = kinesisClient(streams.endpoint);
  });
  after(async () => {
    client.destroy();
    await streams.close();
    await rm(folder, { recursive: true, force: true });
  });

  const put = (data: string) =>
    client.send(new PutRecordCommand({ StreamName: "two", PartitionKey: "key", Data: Buffer.from(data) }));

  it("takes a record of a megabyte, and none larger", async () => {
    await put("x".repeat(1024 * 1024 - 3));
    await assert.rejects(put("x".repeat(1024 * 1024)), { name: "ValidationException" });
  });

  const entry = { PartitionKey: "key", Data: Buffer.from("x") };
  for (const [what, records, name, message] of [
    ["501 records", Array(501).fill(entry), "ValidationException", /less than or equal to 500/],
    ["no records", [], "ValidationException", /greater than or equal to 1/],
    [
      "more than 10 MiB",
      Array(11).fill({ PartitionKey: "key", Data: Buffer.alloc(1024 * 1024 - 3) }),
      "InvalidArgumentException",
      /exceeds 10 MB limit/,
    ],
    [
      "an empty partition key",
      [entry, { ...entry, PartitionKey: "" }],
      "ValidationException",
      /'records\.2\.member\.partitionKey'/,
    ],
    [
      "a partition key of 257 characters",
      [{ ...entry, PartitionKey: "k".repeat(257) }],
      "ValidationException",
      /less than or equal to 256/,
    ],
    ["a record without data", [{ PartitionKey: "key" }], "ValidationException", /must not be null/],
    [
      "a hash key out of range",
      [{ ...entry, ExplicitHashKey: String(2n ** 128n) }],
      "InvalidArgumentException",
      /Invalid ExplicitHashKey/,
    ],
  ] as [string, { PartitionKey: string; Data: Uint8Array }[], string, RegExp][]) {
    it(`refuses ${what}, and takes none of them`, async () => {
      const before = streams.journals.get("eu-central-1", "two")?.end;
      await assert.rejects(client.send(new PutRecordsCommand({ StreamName: "two", Records: records })), {
        name,
        message,
      });
      assert.equal(streams.journals.get("eu-central-1", "two")?.end, before);
    });
  }

  it("refuses records for a stream that does not exist, or that the plan does not declare", async () => {
    const putInto = (StreamName: string) => client.send(new PutRecordCommand({ StreamName, ...entry }));
    await assert.rejects(putInto("other"), {
      name: "ResourceNotFoundException",
      message: /stream\/other not found/,
    });
    await client.send(new CreateStreamCommand({ StreamName: "other", ShardCount: 1 }));
    await assert.rejects(putInto("other"), {
      name: "ResourceNotFoundException",
      message: /not declared in the plan/,
    });
  });

  it("refuses a shard that does not exist and an iterator that is none", async () => {
    const iterator = { StreamName: "two", ShardId: "shardId-9", ShardIteratorType: "LATEST" } as const;
    await assert.rejects(client.send(new GetShardIteratorCommand(iterator)), {
      name: "ResourceNotFoundException",
    });
    await assert.rejects(client.send(new GetRecordsCommand({ ShardIterator: "x" })), {
      name: "InvalidArgumentException",
    });
  });

  const post = (headers: Record<string, string>, body: string) =>
    fetch(streams.endpoint, {
      method: "POST",
      headers: { "x-amz-target": "Kinesis_20131202.PutRecord", ...headers },
      body,
    });

  it("refuses CBOR with the way out", async () => {
    const response = await post({ "content-type": "application/x-amz-cbor-1.1" }, "");
    assert.equal(response.status, 400);
    assert.match(
      await response.text(),
      /the emulator reads JSON here, not CBOR\. For Java, set AWS_CBOR_DISABLE=true/,
    );
  });

  it("refuses a body that is not a JSON object", async () => {
    for (const body of ["", "oops", "null"]) {
      assert.match(await (await post({}, body)).text(), /SerializationException.*not a JSON object/);
    }
  });

  it("refuses enhanced fan-out", async () => {
    const subscribing = new SubscribeToShardCommand({
      ConsumerARN: "arn:aws:kinesis:eu-central-1:123456789012:stream/two/consumer/c:1",
      ShardId: "shardId-000000000000",
      StartingPosition: { Type: "LATEST" },
    });
    await assert.rejects(client.send(subscribing), {
      message: /has no enhanced fan-out\. Read with GetRecords\./,
    });
  });
});
