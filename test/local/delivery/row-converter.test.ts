import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { ConversionFailure } from "../../../local/delivery/conversion-failure.ts";
import type { OpenXOptions } from "../../../local/delivery/open-x.ts";
import { ParquetTable } from "../../../local/delivery/parquet-table.ts";
import { RowConverter } from "../../../local/delivery/row-converter.ts";

const defaults: OpenXOptions = {
  caseInsensitive: true,
  convertDotsInJsonKeysToUnderscores: false,
  columnToJsonKeyMappings: {},
};

describe("the conversion of an event, as a Parquet file tells it", () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-"));
    instance = await DuckDBInstance.create(":memory:");
    connection = await instance.connect();
  });
  after(async () => {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  });

  /** The values of a document's row after a way through a Parquet file. */
  async function written(
    columns: Record<string, string>,
    json: string,
    options = defaults,
  ): Promise<unknown> {
    const list = Object.entries(columns).map(([name, type]) => ({ name, type }));
    const table = new ParquetTable(connection, `it's "a" table`, list);
    await table.clear();
    table.add(new RowConverter(list, options).rowOf(JSON.parse(json), json));
    const file = join(folder, "it's a file.parquet");
    await table.writeTo(file, "SNAPPY");
    const result = await connection.runAndReadAll(`SELECT * FROM '${file.replaceAll("'", "''")}'`);
    return result.getRowObjectsJson()[0];
  }

  for (const [type, json, expected] of [
    ["string", '"text"', "text"],
    ["string", "1.50", "1.50"],
    ["string", "12345678901234567890", "12345678901234567890"],
    ["string", "true", "true"],
    ["string", '{"Key":[1.0,{"B":null}]}', '{"key":[1.0,{"b":null}]}'],
    ["string", '{"Key":"x"}', '{"key":"x"}'],
    ["boolean", "true", true],
    ["boolean", '"FALSE"', false],
    ["tinyint", "-128", -128],
    ["smallint", '"32767"', 32767],
    ["int", "2147483647", 2147483647],
    ["int", '"+7"', 7],
    ["bigint", "9007199254740993", "9007199254740993"],
    ["bigint", "-9223372036854775808", "-9223372036854775808"],
    ["bigint", '"9223372036854775807"', "9223372036854775807"],
    ["bigint", "42", "42"],
    ["float", "0.5", 0.5],
    ["double", "1e-7", 1e-7],
    ["double", '"1.5d"', 1.5],
    ["decimal(38,20)", "0.12345678901234567891", "0.12345678901234567891"],
    ["decimal(5,2)", "1.005", "1.01"],
    ["decimal(5,2)", "-1.005", "-1.01"],
    ["decimal(5,2)", '"12e1"', "120.00"],
    ["decimal(5,2)", "0e1000", "0.00"],
    ["decimal(5,2)", "1e-1000", "0.00"],
    ["date", '"2026-2-3"', "2026-02-03"],
    ["date", '"2024-02-29"', "2024-02-29"],
    ["date", '"0099-12-31"', "0099-12-31"],
    ["timestamp", '"2026-11-20T10:11:12Z"', "2026-11-20 10:11:12"],
    ["timestamp", '"2026-11-20T10:11:12.123456789"', "2026-11-20 10:11:12.123456"],
    ["timestamp", '"2026-1-2 3:4:5.5"', "2026-01-02 03:04:05.5"],
    ["timestamp", "1431857103", "2015-05-17 10:05:03"],
    ["timestamp", "1431857103000", "2015-05-17 10:05:03"],
    ["timestamp", '"1431857103"', "2015-05-17 10:05:03"],
    ["timestamp", "1431857103.25", "2015-05-17 10:05:03.25"],
    ["timestamp", "999999999999", "2092-10-26 00:40:18.684212"],
    ["array<int>", '[1,null,"3"]', [1, null, 3]],
    ["array<string>", '"alone"', ["alone"]],
    ["array<struct<a:int>>", '{"A":1}', [{ a: 1 }]],
    ["map<string,bigint>", '{"Key":9007199254740993}', [{ key: "key", value: "9007199254740993" }]],
    ["struct<a:int,b:string>", '{"B":"x","c":1}', { a: null, b: "x" }],
    ["struct<a:int,b:string>", '[1,"x",2]', { a: 1, b: "x" }],
    ["struct<a:int>", "{}", { a: null }],
  ] as const) {
    it(`${json} in a ${type} column is ${JSON.stringify(expected)}`, async () => {
      assert.deepEqual(await written({ value: type }, `{"value":${json}}`), { value: expected });
      assert.deepEqual(await written({ value: type }, '{"value":null}'), { value: null });
    });
  }

  for (const [type, json, message] of [
    ["int", '"oops"', 'For input string: "oops"'],
    ["int", "2147483648", 'For input string: "2147483648"'],
    ["int", "1.5", 'For input string: "1.5"'],
    ["int", "true", 'For input string: "true"'],
    ["tinyint", "128", 'For input string: "128"'],
    ["bigint", "9223372036854775808", 'For input string: "9223372036854775808"'],
    ["bigint", "1.5", 'For input string: "1.5"'],
    ["double", '"oops"', 'For input string: "oops"'],
    ["double", '""', 'For input string: ""'],
    ["double", '"NaN"', 'For input string: "NaN"'],
    ["float", "1e39", 'For input string: "1e+39"'],
    ["decimal(5,2)", "1000", "Value 1000 is out of range of decimal(5,2)."],
    ["decimal(5,2)", "999.995", "Value 999.995 is out of range of decimal(5,2)."],
    ["decimal(5,2)", '"x"', 'For input string: "x"'],
    ["boolean", "1", 'For input string: "1"'],
    ["date", '"2026-02-30"', 'For input string: "2026-02-30"'],
    ["date", "20260101", 'For input string: "20260101"'],
    ["timestamp", '"2026-11-20T10:11:12+09:00"', 'For input string: "2026-11-20T10:11:12+09:00"'],
    ["timestamp", '"2026-1-2T03:04:05Z"', 'For input string: "2026-1-2T03:04:05Z"'],
    ["timestamp", '"2026-13-01 00:00:00"', 'For input string: "2026-13-01 00:00:00"'],
    ["timestamp", "true", 'For input string: "true"'],
    ["struct<a:int>", "42", "Data is not JSONObject  but java.lang.Long with value 42"],
    ["struct<a:int>", '"x"', "Data is not JSONObject  but java.lang.String with value x"],
    [
      "map<string,int>",
      "[1]",
      "Data is not JSONObject  but org.openx.data.jsonserde.json.JSONArray with value [1]",
    ],
    ["array<struct<a:int>>", '[{"a":"x"}]', 'For input string: "x"'],
  ] as const) {
    it(`${json} does not fit a ${type} column`, () => {
      const json1 = `{"value":${json}}`;
      assert.throws(
        () => new RowConverter([{ name: "value", type }], defaults).rowOf(JSON.parse(json1), json1),
        new ConversionFailure(
          "DataFormatConversion.MalformedData",
          `Data does not match the schema. ${message}`,
        ),
      );
    });
  }

  for (const json of ["[]", "1", '"x"', "null"]) {
    it(`${json} is no event`, () => {
      assert.throws(
        () => new RowConverter([], defaults).rowOf(JSON.parse(json), json),
        /Data does not match the schema\. A JSON object is required\./,
      );
    });
  }

  it("nanoseconds wrap after 2262, as on AWS", async () => {
    assert.deepEqual(await written({ at: "timestamp" }, '{"at":"2300-01-01 00:00:00"}'), {
      at: "1715-06-13 00:25:26.290448",
    });
  });

  for (const open of ["[", '{"a":']) {
    it(`a document of 200,000 times ${open} in a string column fails, and nothing else`, () => {
      const close = open === "[" ? "]" : "}";
      const json = `{"value":${open.repeat(200_000)}1${close.repeat(200_000)}}`;
      assert.throws(
        () => new RowConverter([{ name: "value", type: "string" }], defaults).rowOf(JSON.parse(json), json),
        /Data does not match the schema\. The document is nested too deeply\./,
      );
    });
  }

  it("text keeps characters that few expect", async () => {
    for (const text of ["", "\u0000a", "\u{1F600}", "x".repeat(100_000), '"\\\n']) {
      assert.deepEqual(await written({ value: "string" }, JSON.stringify({ value: text })), { value: text });
    }
  });

  it("columns have the declared order; unknown keys are dropped; missing ones are null", async () => {
    const row = await written({ b: "int", a: "int", c: "int" }, '{"A":1,"B":2,"x":3}');
    assert.deepEqual(Object.entries(row as object), [
      ["b", 2],
      ["a", 1],
      ["c", null],
    ]);
  });

  it("keys keep their case when the SerDe is told so", async () => {
    const options = { ...defaults, caseInsensitive: false };
    assert.deepEqual(await written({ a: "int", m: "map<string,int>" }, '{"A":1,"m":{"K":1}}', options), {
      a: null,
      m: [{ key: "K", value: 1 }],
    });
  });

  it("dots in keys become underscores when the SerDe is told so", async () => {
    assert.deepEqual(await written({ a_b: "int" }, '{"a.b":1}'), { a_b: null });
    const options = { ...defaults, convertDotsInJsonKeysToUnderscores: true };
    assert.deepEqual(await written({ a_b: "int" }, '{"a.b":1}', options), { a_b: 1 });
  });

  it("a column is read from the key that it is mapped to", async () => {
    const options = { ...defaults, columnToJsonKeyMappings: { ts: "Timestamp" } };
    assert.deepEqual(await written({ ts: "int" }, '{"timestamp":1,"ts":2}', options), { ts: 1 });
  });

  it("keys that no column can have are no danger", async () => {
    assert.deepEqual(await written({ a: "int" }, '{"__proto__":{"a":5},"constructor":1,"a":1}'), { a: 1 });
  });

  it("more keys than are remembered are still told apart", () => {
    const converter = new RowConverter([{ name: "a", type: "int" }], defaults);
    for (let i = 0; i < 10_100; i++) converter.rowOf({ [`key${i}`]: 1 }, "");
    assert.deepEqual(converter.rowOf({ A: 1 }, '{"A":1}'), [1]);
  });

  it("an unknown type is refused with its name", () => {
    assert.throws(() => new RowConverter([{ name: "a", type: "binary" }], defaults), /unknown type "binary"/);
  });
});
