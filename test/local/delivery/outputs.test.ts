import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { ConcatenatedOutput } from "../../../local/delivery/concatenated-output.ts";
import { ConvertedOutput } from "../../../local/delivery/converted-output.ts";
import { declaredDeliveries } from "../../../local/delivery/declared-deliveries.ts";
import type { DeliveryConfiguration } from "../../../local/delivery/delivery-configuration.ts";
import type { SourceRecord } from "../../../local/delivery/record-source.ts";
import { ObjectStore } from "../../../local/lake/object-store.ts";
import { fixturePlan, type FixtureOptions } from "../fixture-plan.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const late = Date.parse("2026-11-20T23:30:00Z");
const early = Date.parse("2026-11-20T22:30:00Z");
const record = (data: string, arrival = late): SourceRecord => ({
  data: Buffer.from(data),
  sequenceNumber: "496",
  approximateArrivalTimestamp: arrival,
  nextPosition: 0,
});
const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const configurationOf = (options?: FixtureOptions) =>
  declaredDeliveries(fixturePlan(options))[0] as DeliveryConfiguration;

describe("the objects of a buffer", () => {
  const folder = temporaryFolder();
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  before(async () => {
    instance = await DuckDBInstance.create(":memory:");
    connection = await instance.connect();
  });
  after(() => {
    connection.closeSync();
    instance.closeSync();
  });
  const converted = async (options?: FixtureOptions) => {
    const { name, destination, conversion } = configurationOf({
      columns: { a: "int", b: "string" },
      ...options,
    });
    assert.ok(conversion);
    const store = new ObjectStore(folder());
    const output = new ConvertedOutput({
      deliveryStreamName: name,
      destination,
      conversion,
      store,
      connection,
    });
    await output.clear();
    return output;
  };
  const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();

  it("are one Parquet object, named after its oldest record in the declared time zone", async () => {
    const output = await converted({ s3: { customTimeZone: "Europe/Berlin" } });
    output.add(record('{"a":1}{"a":2}'));
    output.add(record('{"a":3}', early));
    const { objects, counts } = await output.stage(4);
    const [object] = objects;
    assert.ok(object);
    assert.match(
      object.key,
      new RegExp(`^data/dt=2026-11-20/orders-delivery-4-2026-11-20-23-30-00-${uuid}\\.parquet$`),
    );
    assert.equal(object.bucket, "orders-lake");
    assert.deepEqual(await query(`SELECT a FROM read_parquet('${object.file}')`), [
      { a: 1 },
      { a: 2 },
      { a: 3 },
    ]);
    const { parquet, json } = counts.bytes;
    assert.equal(parquet, (await readFile(object.file)).length);
    assert.equal(json, 21);
    assert.equal(objects.length, 1);
  });

  it("keep the order of the rows over many chunks", async () => {
    const output = await converted();
    for (let i = 0; i < 5000; i++) output.add(record(`{"a":${i}}`));
    const [object] = (await output.stage(1)).objects;
    const rows = await query(`SELECT a FROM read_parquet('${object?.file}')`);
    assert.deepEqual(
      rows.map(({ a }) => a),
      rows.map((_, index) => index),
    );
    assert.equal(rows.length, 5000);
  });

  for (const codec of ["SNAPPY", "GZIP", "UNCOMPRESSED"]) {
    it(`are compressed with ${codec} when that is declared`, async () => {
      const output = await converted({
        conversion: { outputFormatConfiguration: { serializer: { parquetSerDe: { compression: codec } } } },
      });
      output.add(record('{"a":1}'));
      const [object] = (await output.stage(1)).objects;
      const found = await query(`SELECT DISTINCT compression FROM parquet_metadata('${object?.file}')`);
      assert.deepEqual(found, [{ compression: codec }]);
    });
  }

  it("are an error object for what could not be converted, in Firehose's shape", async () => {
    const output = await converted();
    output.add(record('{"a":1}\n{"a":"oops"}\nno json'));
    output.add(record("  ", early));
    const before = Date.now();
    const { objects, counts } = await output.stage(1);
    assert.equal(counts.rows, 1);
    assert.equal(counts.events, 4);
    assert.equal(counts.failedEvents, 3);
    const [data, errors] = objects;
    assert.ok(data && errors);
    assert.match(data.key, /^data\/.*-2026-11-20-23-30-00-/);
    assert.match(
      errors.key,
      new RegExp(
        `^errors/format-conversion-failed/dt=2026-11-20/orders-delivery-1-2026-11-20-22-30-00-${uuid}$`,
      ),
    );
    const lines = (await readFile(errors.file, "utf8")).trimEnd().split("\n");
    const found = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(Object.keys(found[0] as object), [
      "attemptsMade",
      "arrivalTimestamp",
      "lastErrorCode",
      "lastErrorMessage",
      "attemptEndingTimestamp",
      "rawData",
      "sequenceNumber",
      "subSequenceNumber",
      "dataCatalogTable",
    ]);
    const seen = found.map(({ attemptEndingTimestamp, rawData, dataCatalogTable, ...rest }) => {
      assert.ok(Number(attemptEndingTimestamp) <= before);
      assert.equal((dataCatalogTable as { tableName: string }).tableName, "orders");
      return { ...rest, rawData: Buffer.from(rawData as string, "base64").toString() };
    });
    assert.deepEqual(seen, [
      {
        attemptsMade: 1,
        arrivalTimestamp: late,
        lastErrorCode: "DataFormatConversion.MalformedData",
        lastErrorMessage: 'Data does not match the schema. For input string: "oops"',
        rawData: '{"a":"oops"}',
        sequenceNumber: "496",
        subSequenceNumber: 1,
      },
      {
        attemptsMade: 1,
        arrivalTimestamp: late,
        lastErrorCode: "DataFormatConversion.ParseError",
        lastErrorMessage: `Encountered malformed JSON. Unexpected token 'o', "no json" is not valid JSON`,
        rawData: "no json",
        sequenceNumber: "496",
        subSequenceNumber: 2,
      },
      {
        attemptsMade: 1,
        arrivalTimestamp: early,
        lastErrorCode: "DataFormatConversion.MalformedData",
        lastErrorMessage: "The record was empty or contained only whitespace.",
        rawData: "  ",
        sequenceNumber: "496",
        subSequenceNumber: 0,
      },
    ]);
  });

  it("are no Parquet object when nothing could be converted", async () => {
    const output = await converted();
    output.add(record("oops"));
    const { objects, counts } = await output.stage(1);
    assert.deepEqual(
      objects.map(({ key }) => key.split("/")[0]),
      ["errors"],
    );
    assert.equal(counts.objects, 0);
    assert.equal(counts.errorObjects, 1);
  });

  it("can be staged again after the disk was full, and the next buffer starts empty", async () => {
    const output = await converted();
    output.add(record('{"a":1}'));
    await output.stage(1);
    const [again] = (await output.stage(1)).objects;
    assert.equal((await query(`SELECT a FROM read_parquet('${again?.file}')`)).length, 1);
    await output.clear();
    output.add(record('{"a":2}'));
    const { objects, counts } = await output.stage(1);
    assert.deepEqual(await query(`SELECT a FROM read_parquet('${objects[0]?.file}')`), [{ a: 2 }]);
    assert.equal(counts.bytes.json, 7);
  });

  it("are the records one after the other, with nothing between them, without conversion", async () => {
    assert.equal((await concatenated({})).body.toString(), "onetwo");
  });

  it("are the records with a newline after each when that is declared", async () => {
    const processingConfiguration = { enabled: true, processors: [{ type: "AppendDelimiterToRecord" }] };
    assert.equal((await concatenated({ processingConfiguration })).body.toString(), "one\ntwo\n");
  });

  it("are compressed as a whole with GZIP", async () => {
    const { key, body } = await concatenated({ compressionFormat: "GZIP" });
    assert.match(key, new RegExp(`orders-delivery-1-2026-11-20-22-30-00-${uuid}\\.gz$`));
    assert.equal(gunzipSync(body).toString(), "onetwo");
  });

  async function concatenated(s3: Record<string, unknown>): Promise<{ key: string; body: Buffer }> {
    const { name, destination, appendDelimiter } = configurationOf({
      s3: { dataFormatConversionConfiguration: undefined, ...s3 },
    });
    const store = new ObjectStore(folder());
    const output = new ConcatenatedOutput({ deliveryStreamName: name, destination, appendDelimiter, store });
    await output.clear();
    output.add(record("one"));
    output.add(record("two", early));
    const { objects, counts } = await output.stage(1);
    assert.equal(counts.records, 2);
    const [object] = objects;
    assert.ok(object);
    return { key: object.key, body: await readFile(object.file) };
  }
});
