import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { DuckDBInstance } from "@duckdb/node-api";
import { startTwin, type Twin } from "../../local/twin.ts";
import { fixture, fixturePlan, type FixtureOptions } from "./fixture-plan.ts";

describe("the twin", () => {
  let folder: string;
  const open: Twin[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-twin-"));
  });
  afterEach(async () => {
    for (const twin of open.splice(0)) await twin.close();
    await rm(folder, { recursive: true, force: true });
  });
  const start = async (options?: FixtureOptions) => {
    const twin = await startTwin(fixturePlan(options), { stateFolder: join(folder, "state") });
    open.push(twin);
    return twin;
  };

  it("delivers what the AWS SDK puts as Parquet with the declared columns", async () => {
    const twin = await start();
    await put(twin, [
      '{"id":"a","amount":1.5,"at":"2026-11-20T10:00:00Z"}\n{"ID":"b","unknown":1}',
      '{"id":"c","amount":"2"}',
    ]);
    await twin.waitUntilDelivered(fixture.delivery, { records: 2 });

    assert.deepEqual(await rowsOf(twin), [
      { id: "a", amount: 1.5, at: "2026-11-20 10:00:00" },
      { id: "b", amount: null, at: null },
      { id: "c", amount: 2, at: null },
    ]);
    const { bytes, objects, ...counts } = twin.counts(fixture.delivery);
    assert.deepEqual(counts, { records: 2, events: 3, rows: 3, failedEvents: 0, errorObjects: 0 });
    assert.ok(objects >= 1 && bytes.parquet > 0);
    assert.equal(bytes.json, 97);
  });
});

async function put(twin: Twin, records: string[]): Promise<void> {
  const client = new KinesisClient({
    endpoint: twin.kinesisEndpoint,
    region: twin.region,
    credentials: { accessKeyId: "twin", secretAccessKey: "twin" },
  });
  try {
    await client.send(
      new PutRecordsCommand({
        StreamName: fixture.stream,
        Records: records.map((data, index) => ({ PartitionKey: String(index), Data: Buffer.from(data) })),
      }),
    );
  } finally {
    client.destroy();
  }
}

async function rowsOf(twin: Twin): Promise<unknown[]> {
  const objects = await twin.objects.list(fixture.lake, "data/");
  const files = objects.map(({ path }) => `'${path}'`).join(", ");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(
    `SELECT * FROM read_parquet([${files}], hive_partitioning = false) ORDER BY 1`,
  );
  const rows = result.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}
