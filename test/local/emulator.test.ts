import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DeploymentError } from "../../local/deployment-error.ts";
import { startEmulator, type Emulator } from "../../local/emulator.ts";
import { fixture, fixturePlan, planOf, type FixtureOptions } from "./fixture-plan.ts";
import { kinesisClient, putRecords } from "./kinesis-client.ts";
import { rowsOf } from "./read-lake.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("the emulator", () => {
  const folder = temporaryFolder();
  const stateFolder = () => join(folder(), "state");
  const open: Emulator[] = [];
  afterEach(async () => {
    for (const emulator of open.splice(0)) await emulator.close();
  });
  const start = async (options?: FixtureOptions) => {
    const emulator = await startEmulator(fixturePlan(options), { stateFolder: stateFolder() });
    open.push(emulator);
    return emulator;
  };
  const put = async (emulator: Emulator, ...records: string[]) => {
    const client = kinesisClient(emulator.kinesisEndpoint);
    await putRecords(client, records);
    client.destroy();
  };
  const idsOf = async (emulator: Emulator) => (await rowsOf(emulator.objects)).map(({ id }) => id);

  it("delivers what the AWS SDK puts, good events as rows and bad ones to the error output", async () => {
    const emulator = await start();
    await put(
      emulator,
      '{"id":"a","amount":1.5,"at":"2026-11-20T10:00:00Z"}\n{"ID":"b"',
      '{"id":"c","amount":"2"}',
    );
    await emulator.waitUntilDelivered(fixture.delivery, { records: 2 });

    assert.deepEqual(await rowsOf(emulator.objects), [
      { id: "a", amount: 1.5, at: "2026-11-20 10:00:00" },
      { id: "c", amount: 2, at: null },
    ]);
    const { bytes, objects, ...counts } = emulator.counts(fixture.delivery);
    assert.deepEqual(counts, { records: 2, events: 3, rows: 2, failedEvents: 1, errorObjects: 1 });
    assert.ok(objects >= 1 && bytes.parquet > 0);
    assert.equal(bytes.json, 84);
    assert.equal(
      (await emulator.objects.list(fixture.lake, "errors/format-conversion-failed/dt=")).length,
      1,
    );
    assert.deepEqual(emulator.deliveryStreams, [
      {
        name: fixture.delivery,
        streamName: fixture.stream,
        bucket: fixture.lake,
        databaseName: fixture.database,
        tableName: fixture.table,
        region: "eu-central-1",
        bufferingSizeMiB: 64,
        bufferingIntervalSeconds: 0,
        declaredBufferingIntervalSeconds: 0,
      },
    ]);
    assert.equal(emulator.stack, "local");
    assert.equal(emulator.region, "eu-central-1");
    assert.throws(
      () => emulator.counts("other"),
      /declares no delivery stream "other"\. It declares orders-delivery\./,
    );
  });

  it("buffers for the declared interval; closing it delivers what is buffered; the next one goes on after that", async () => {
    const slow = { s3: { bufferingInterval: 900 } };
    const first = await start(slow);
    await put(first, '{"id":"a"}');
    await assert.rejects(
      first.waitUntilDelivered(fixture.delivery, { records: 2, deadlineMilliseconds: 50 }),
      /"orders-delivery" did not deliver 2 records within 0\.05 s after the last delivery: 1 came into stream "orders-stream", 0 are delivered, [01] wait/,
    );
    assert.deepEqual(await idsOf(first), []);
    await first.close();
    assert.deepEqual(await idsOf(first), ["a"]);

    const second = await start(slow);
    await put(second, '{"id":"b"}');
    await second.close();
    assert.deepEqual(await idsOf(second), ["a", "b"]);
    assert.equal(second.counts(fixture.delivery).records, 1);
  });

  it("has nothing to wait for when an earlier emulator delivered all, and lets nobody wait after it is closed", async () => {
    const first = await start();
    await put(first, '{"id":"a"}');
    await first.close();
    const second = await start();
    await second.waitUntilDelivered(fixture.delivery, { records: 0 });
    const waiting = assert.rejects(
      second.waitUntilDelivered(fixture.delivery, { records: 1 }),
      /did not deliver 1 records before it was closed: 0 came into/,
    );
    await second.close();
    await waiting;
  });

  it("starts a new delivery stream at the end of its stream, as Firehose does", async () => {
    const first = await start();
    await put(first, '{"id":"a"}');
    await first.close();
    const renamed = await start({ delivery: { name: "other-delivery" } });
    await put(renamed, '{"id":"b"}');
    await renamed.waitUntilDelivered("other-delivery", { records: 1 });
    assert.equal(renamed.counts("other-delivery").records, 1);
    const keys = (await renamed.objects.list(fixture.lake, "data/")).map(
      ({ key }) => key.split("/").at(-1) ?? "",
    );
    assert.deepEqual(
      keys.map((key) => key.replace(/-delivery.*/, "")),
      ["orders", "other"],
    );
  });

  it("raises the version in object names when the delivery stream is declared differently", async () => {
    await (await start()).close();
    const emulator = await start({ s3: { bufferingSize: 100 } });
    await put(emulator, '{"id":"a"}');
    await emulator.waitUntilDelivered(fixture.delivery, { records: 1 });
    const [object] = await emulator.objects.list(fixture.lake, "data/");
    assert.match(object?.key ?? "", /\/orders-delivery-2-/);
  });

  it("backs the records up as they are, when that is declared", async () => {
    const s3BackupConfiguration = {
      roleArn: "arn:aws:iam::123456789012:role/orders-delivery",
      bucketArn: `arn:aws:s3:::${fixture.backup}`,
      prefix: "raw/!{timestamp:yyyy}/",
      errorOutputPrefix: "raw-errors/!{firehose:error-output-type}/",
      bufferingInterval: 60,
      compressionFormat: "GZIP",
    };
    const emulator = await start({ s3: { s3BackupMode: "Enabled", s3BackupConfiguration } });
    await put(emulator, '{"id":"a"}\n', "no json\n");
    await emulator.close();
    const [object, ...others] = await emulator.objects.list(fixture.backup, "raw/");
    assert.deepEqual(others, []);
    const body = gunzipSync(await emulator.objects.get(fixture.backup, object?.key ?? "")).toString();
    assert.deepEqual(body.trimEnd().split("\n").sort(), ["no json", '{"id":"a"}']);
    assert.equal(emulator.counts(fixture.delivery).records, 2);
  });

  it("delivers records as they are when no conversion is declared", async () => {
    const emulator = await start({ s3: { dataFormatConversionConfiguration: undefined } });
    await put(emulator, "any", "thing");
    await emulator.waitUntilDelivered(fixture.delivery, { records: 2 });
    const objects = await emulator.objects.list(fixture.lake, "data/");
    const bodies = await Promise.all(objects.map(({ key }) => emulator.objects.get(fixture.lake, key)));
    assert.equal(Buffer.concat(bodies).length, "anything".length);
    assert.equal(emulator.deliveryStreams[0]?.tableName, undefined);
  });

  it("leaves no process and no file for one run behind", async () => {
    const emulator = await start();
    assert.equal(childProcesses().length, 1);
    await emulator.close();
    assert.deepEqual(childProcesses(), []);
    assert.deepEqual((await readdir(stateFolder())).sort(), [
      "deliveries",
      "lake",
      "scratch",
      "streams",
      "version.json",
    ]);
  });

  it("refuses to share its state folder, and starts nothing then", async () => {
    await start();
    await assert.rejects(start(), /Another emulator \(process \d+\) runs on the state folder/);
    assert.equal(childProcesses().length, 1);
  });

  it("says what is wrong with a state folder that can't be read, and frees it", async () => {
    await (await start()).close();
    await writeFile(join(stateFolder(), "deliveries", "eu-central-1", `${fixture.delivery}.json`), "{");
    const damaged = /orders-delivery\.json" can't be read: /;
    await assert.rejects(start(), damaged);
    await assert.rejects(start(), damaged);
    assert.deepEqual(childProcesses(), []);
  });

  it("refuses a plan without a delivery stream, naming what is not declared", async () => {
    await assert.rejects(
      startEmulator(planOf([]), { stateFolder: stateFolder() }),
      new DeploymentError([
        "The plan declares no aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream.",
      ]),
    );
  });

  it("refuses what AWS refuses before it touches the state folder", async () => {
    await assert.rejects(start({ s3: { bufferingSize: 5 } }), DeploymentError);
    assert.deepEqual(await readdir(folder()), []);
  });
});

/** Ids of the processes that this one started and that still run, but for `ps` itself. */
function childProcesses(): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" }).trim().split("\n");
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, command]) => Number(parent) === process.pid && command !== "ps")
    .map(([id]) => Number(id));
}
