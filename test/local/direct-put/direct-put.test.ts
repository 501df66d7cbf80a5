import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from "@aws-sdk/client-firehose";
import type { EventPipelineArgs } from "../../../infra/event-pipeline.ts";
import { startEmulator, type Emulator } from "../../../local/emulator.ts";
import { click, pipelinePlan } from "../pipeline-plan.ts";
import { rowsOf } from "../read-lake.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const DeliveryStreamName = "sluice-local-clickstream";
const lake = "sluice-local-clickstream-lake-000000000000";

describe("Direct PUT in the emulator", () => {
  const open: Emulator[] = [];
  const clients: FirehoseClient[] = [];
  // Before the folder that they write into is removed.
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    for (const emulator of open.splice(0)) await emulator.close();
  });
  const folder = temporaryFolder();

  const start = async (args: Partial<EventPipelineArgs> = { source: "DIRECT_PUT" }) => {
    const emulator = await startEmulator(await pipelinePlan(args), { stateFolder: join(folder(), "state") });
    open.push(emulator);
    const client = new FirehoseClient({
      endpoint: emulator.firehoseEndpoint ?? "http://127.0.0.1:9",
      region: "eu-central-1",
      credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
      maxAttempts: 1,
    });
    clients.push(client);
    const put = (...records: (string | Buffer)[]) =>
      client.send(
        new PutRecordBatchCommand({
          DeliveryStreamName,
          Records: records.map((data) => ({ Data: Buffer.from(data) })),
        }),
      );
    return { emulator, client, put };
  };
  const idsOf = async (emulator: Emulator) =>
    (await rowsOf(emulator.objects, lake)).map((row) => row["event_id"]).sort();
  const errorsOf = async (emulator: Emulator, type: string) => {
    const objects = await emulator.objects.list(lake, `errors/${type}/`);
    const texts = await Promise.all(objects.map(({ path }) => readFile(path, "utf8")));
    return texts
      .flatMap((text) => text.trim().split("\n"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it("makes rows of what the AWS SDK puts, one record or many", async () => {
    const { emulator, client, put } = await start();
    const Record = { Data: Buffer.from(JSON.stringify(click("a"))) };
    const one = await client.send(new PutRecordCommand({ DeliveryStreamName, Record }));
    assert.ok(one.RecordId);
    const many = await put(JSON.stringify(click("b")), `${JSON.stringify(click("c"))}\n{"event_id":`);
    assert.deepEqual([many.FailedPutCount, many.RequestResponses?.length], [0, 2]);
    await emulator.waitUntilDelivered(DeliveryStreamName, { records: 3 });
    assert.deepEqual(await idsOf(emulator), ["a", "b", "c"]);
    assert.equal(emulator.counts(DeliveryStreamName).failedEvents, 1);
    const { name, streamName } = emulator.deliveryStreams[0] ?? {};
    assert.deepEqual([name, streamName], [DeliveryStreamName, undefined]);
  });

  it("goes on after a restart with what it acknowledged", async () => {
    const slow = { source: "DIRECT_PUT", bufferingIntervalSeconds: 900 } as const;
    const first = await start(slow);
    await first.put(JSON.stringify(click("a")));
    await first.emulator.close();
    open.pop();
    const second = await start(slow);
    await second.put(JSON.stringify(click("b")));
    await second.emulator.close();
    open.pop();
    assert.deepEqual(await idsOf(second.emulator), ["a", "b"]);
  });

  it("refuses what AWS refuses", async () => {
    const { client, put } = await start();
    await assert.rejects(put(), /ValidationException|Member must have length greater than or equal to 1/);
    await assert.rejects(put(...Array<string>(501).fill("{}")), /less than or equal to 500/);
    await assert.rejects(put("x".repeat(1000 * 1024 + 1)), /less than or equal to 1024000/);
    const four = Array<string>(5).fill("x".repeat(900_000));
    await assert.rejects(put(...four), { name: "InvalidArgumentException", message: /exceeds 4 MB/ });
    await assert.rejects(
      client.send(new PutRecordCommand({ DeliveryStreamName: "other", Record: { Data: Buffer.from("{}") } })),
      { name: "ResourceNotFoundException", message: "Firehose other not found under account 000000000000." },
    );
  });

  it("has no endpoint where every delivery stream reads a stream", async () => {
    assert.equal((await start({})).emulator.firehoseEndpoint, undefined);
  });

  describe("of a log group's messages", () => {
    const logs = { source: "CLOUDWATCH_LOGS", logGroupName: "/ecs/shop" } as const;
    const packed = (messages: string[], messageType = "DATA_MESSAGE") =>
      gzipSync(
        JSON.stringify({
          messageType,
          owner: "000000000000",
          logGroup: "/ecs/shop",
          logStream: "one",
          subscriptionFilters: ["sluice-local-clickstream"],
          logEvents: messages.map((message, index) => ({ id: String(index), timestamp: 1, message })),
        }),
      );

    it("makes rows of the messages, and nothing of a control message", async () => {
      const { emulator, put } = await start(logs);
      const messages = ["a", "b"].map((id) => JSON.stringify(click(id)));
      await put(packed(messages), packed(["CWL CONTROL MESSAGE"], "CONTROL_MESSAGE"));
      await emulator.waitUntilDelivered(DeliveryStreamName, { records: 2 });
      assert.deepEqual(await idsOf(emulator), ["a", "b"]);
      const { records, events, failedEvents } = emulator.counts(DeliveryStreamName);
      assert.deepEqual({ records, events, failedEvents }, { records: 2, events: 2, failedEvents: 0 });
    });

    it("keeps what is no gzip, and a message that does not fit, as they came", async () => {
      const { emulator, put } = await start(logs);
      const wrong = packed([JSON.stringify(click("a")), "GET / 200"]);
      await put("plain", gzipSync("{}"), wrong);
      await emulator.waitUntilDelivered(DeliveryStreamName, { records: 3 });
      assert.deepEqual(await idsOf(emulator), ["a"]);
      const unpacked = await errorsOf(emulator, "decompression-failed");
      assert.deepEqual(
        unpacked.map(({ rawData }) => rawData),
        [Buffer.from("plain").toString("base64"), gzipSync("{}").toString("base64")],
      );
      assert.match(String(unpacked[0]?.["errorMessage"]), /^The record is not gzip/);
      const [converted, ...others] = await errorsOf(emulator, "format-conversion-failed");
      assert.deepEqual([converted?.["rawData"], others.length], [wrong.toString("base64"), 0]);
    });
  });
});
