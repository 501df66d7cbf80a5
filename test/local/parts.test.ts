import assert from "node:assert/strict";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { clickstream } from "../../datasets/clickstream.ts";
import { namesOf } from "../../infra/names.ts";
import { Delivery } from "../../infra/parts/delivery.ts";
import { EncryptionKey } from "../../infra/parts/encryption-key.ts";
import { EventStream } from "../../infra/parts/event-stream.ts";
import { LakeTable } from "../../infra/parts/lake-table.ts";
import { lakeBucket } from "../../infra/pipeline-buckets.ts";
import { parseSettings } from "../../infra/settings.ts";
import { startEmulator } from "../../local/emulator.ts";
import { declaredPipelines, pipelinesOf } from "../../pipelines/from-plan.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { kinesisSink } from "../../producer/sinks/kinesis.ts";
import { sendEvents } from "../../producer/send-events.ts";
import { layoutOf } from "../../schema/layout.ts";
import { click } from "./pipeline-plan.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A program of single parts: a key, a stream, a table, a bucket, a delivery stream; no pipeline, no Athena. */
function partsPlan() {
  const where = { account: "000000000000", region: "eu-central-1", partition: "aws" };
  const origin = { project: "demo", stack: "local", pipeline: "parts" };
  const config = { "aws:region": where.region, "demo:accountId": where.account };
  return recordResources({ folder: process.cwd(), project: "demo", stack: "local", config }, () => {
    const names = pulumi.output(namesOf({ ...origin, ...where, tableName: clickstream.tableName }));
    const settings = parseSettings("parts", { owner: "web", costCenter: "1", bufferingIntervalSeconds: 0 });
    const part = { names, settings, tags: {}, dataset: clickstream, transform: undefined };
    const key = new EncryptionKey("key", part, {});
    const keyed = { ...part, keyArn: key.arn };
    const stream = new EventStream("stream", keyed);
    const table = new LakeTable("table", part);
    const lake = lakeBucket(
      "lake",
      { ...keyed, layout: layoutOf(clickstream), accessLogs: undefined, transform: undefined },
      {},
    );
    new Delivery("delivery", { ...keyed, stream, lake, table, backup: undefined });
  });
}

describe("a program of single parts", () => {
  const folder = temporaryFolder();

  it("runs in the emulator, though it has no pipeline that a command could mean", async () => {
    const plan = await partsPlan();
    assert.deepEqual(pipelinesOf(plan), []);
    assert.throws(() => declaredPipelines(plan), { message: /^the program declares no pipeline\./ });

    const emulator = await startEmulator(plan, { stateFolder: join(folder(), "state") });
    try {
      const [delivery] = emulator.deliveryStreams;
      assert.ok(delivery?.streamName !== undefined);
      const sink = kinesisSink({
        streamName: delivery.streamName,
        region: delivery.region,
        endpoint: emulator.kinesisEndpoint,
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
      });
      const sent = await sendEvents(
        [1, 2, 3].map((each) => ({ line: JSON.stringify(click(`e${each}`)) })),
        { dataset: clickstream, sink },
      );
      sink.close();
      await emulator.waitUntilDelivered(delivery.name, { records: sent.records });
      assert.equal(emulator.counts(delivery.name).rows, 3);
    } finally {
      await emulator.close();
    }
  });
});
