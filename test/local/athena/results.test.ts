import assert from "node:assert/strict";
import { InvalidRequestException } from "@aws-sdk/client-athena";
import { writeVisits } from "./lake-fixture.ts";
import { database, planOf, visits, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

describe("a result of the local Athena", () => {
  let athena: RunningAthena;

  before(async () => {
    athena = await RunningAthena.start(planOf(database, visits, workgroup("analysts")));
    await writeVisits(athena);
  });
  after(() => athena[Symbol.asyncDispose]());

  async function pages(sql: string, MaxResults: number): Promise<(string | undefined)[][]> {
    const { QueryExecutionId = "" } = await athena.run(sql);
    const all: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await athena.results(QueryExecutionId, {
        MaxResults,
        ...(NextToken !== undefined && { NextToken }),
      });
      all.push((page.ResultSet?.Rows ?? []).map((row) => row.Data?.[0]?.VarCharValue));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return all;
  }

  it("has its header as the first row of the first page, counted as a row", async () => {
    assert.deepEqual(await pages("SELECT x FROM (VALUES 1, 2, 3, 4) AS t(x) ORDER BY x", 2), [
      ["x", "1"],
      ["2", "3"],
      ["4"],
    ]);
  });

  it("has pages of whole rows where values hold quotes and line breaks", async () => {
    const sql = `SELECT x FROM (VALUES (1, 'a"b'), (2, 'c\n,"'), (3, '')) AS t(i, x) ORDER BY i`;
    assert.deepEqual(await pages(sql, 1), [["x"], ['a"b'], ['c\n,"'], [""]]);
  });

  it("is read in pages that hold a hundred thousand rows", async () => {
    const all = await pages(
      "SELECT x FROM UNNEST(sequence(1, 10000)) AS t(x) CROSS JOIN UNNEST(sequence(1, 10)) AS u(y) ORDER BY x",
      1000,
    );
    assert.equal(all.length, 101);
    assert.equal(all.flat().at(-1), "10000");
  });

  it("keeps NULL and the empty string apart, in the page and in the file", async () => {
    const { QueryExecutionId: id = "" } = await athena.run(`SELECT NULL AS a, '' AS b, 'x"y' AS c`);
    const { ResultSet } = await athena.results(id);
    assert.deepEqual(ResultSet?.Rows?.[1]?.Data, [{}, { VarCharValue: "" }, { VarCharValue: 'x"y' }]);
    const file = await athena.objects.get("results", `analysts/${id}.csv`);
    assert.equal(file.toString(), '"a","b","c"\n,"","x""y"\n');
  });

  it("that is empty is a header", async () => {
    const { QueryExecutionId: id = "" } = await athena.run("SELECT 1 AS a, 2 AS b WHERE false");
    assert.equal((await athena.objects.get("results", `analysts/${id}.csv`)).toString(), '"a","b"\n');
  });

  it("shows columns of the same name under their name", async () => {
    const { QueryExecutionId: id = "" } = await athena.run("SELECT 1 AS a, 2 AS a, 3");
    assert.equal(
      (await athena.objects.get("results", `analysts/${id}.csv`)).toString(),
      '"a","a","_col2"\n"1","2","3"\n',
    );
  });

  it("describes its columns as Athena does", async () => {
    const { QueryExecutionId: id = "" } = await athena.run(
      "SELECT status, bytes, seconds, path, time, price, tags, cast(seconds AS real) AS r, 'abc' AS t, to_utf8(path) AS u FROM visits LIMIT 0",
    );
    const { ResultSet } = await athena.results(id);
    const columns = ResultSet?.ResultSetMetadata?.ColumnInfo?.map(
      ({ Name, Type, Precision, Scale, CaseSensitive }) => {
        return [Name, Type, Precision, Scale, CaseSensitive];
      },
    );
    assert.deepEqual(columns, [
      ["status", "integer", 10, 0, false],
      ["bytes", "bigint", 19, 0, false],
      ["seconds", "double", 17, 0, false],
      ["path", "varchar", 2_147_483_647, 0, true],
      ["time", "timestamp", 3, 0, false],
      ["price", "decimal", 10, 2, false],
      ["tags", "array", 0, 0, false],
      ["r", "float", 17, 0, false],
      ["t", "varchar", 3, 0, true],
      ["u", "varbinary", 1_073_741_824, 0, false],
    ]);
    const [first] = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
    assert.deepEqual(
      [first?.CatalogName, first?.SchemaName, first?.TableName, first?.Nullable],
      ["hive", "", "", "UNKNOWN"],
    );
  });

  it("has its columns in a file beside it, as a protocol buffer", async () => {
    const { QueryExecutionId: id = "" } = await athena.run("SELECT 1 AS one");
    const file = await athena.objects.get("results", `analysts/${id}.csv.metadata`);
    const column = "\x0a\x04hive\x22\x03one\x2a\x03one\x32\x07integer\x38\x0a\x40\x00\x48\x03\x50\x00";
    assert.equal(file.toString("latin1"), `\x22${String.fromCharCode(column.length)}${column}`);
  });

  it("of a statement about the catalog is text without a header", async () => {
    const {
      QueryExecutionId: id = "",
      ResultConfiguration,
      StatementType,
      SubstatementType,
    } = await athena.run("SHOW TABLES");
    assert.deepEqual([StatementType, SubstatementType], ["UTILITY", "SHOW_TABLES"]);
    assert.equal(ResultConfiguration?.OutputLocation, `s3://results/analysts/${id}.txt`);
    const { ResultSet } = await athena.results(id);
    assert.deepEqual(ResultSet?.Rows, [{ Data: [{ VarCharValue: "visits" }] }]);
  });

  it("describes tables in Hive's words", async () => {
    assert.deepEqual(await athena.rows("SHOW DATABASES LIKE 's*'"), [["shop"]]);
    assert.deepEqual(await athena.rows("SHOW PARTITIONS visits"), []);
    const lines = (await athena.rows("DESCRIBE shop.visits")).map(([line]) =>
      line?.split("\t").map((part) => part.trim()),
    );
    assert.deepEqual(lines[1], ["path", "string", ""]);
    assert.deepEqual(lines.at(-1), ["dt", "string", ""]);
    const create = (await athena.rows("SHOW CREATE TABLE `visits`")).flat().join("\n");
    assert.match(create, /^CREATE EXTERNAL TABLE `shop.visits`\(\n {2}`time` timestamp,/);
    assert.match(create, /'projection.dt.range'='2026-01-01,NOW'/);
  });

  it("of EXPLAIN is a plan, and reads nothing", async () => {
    const execution = await athena.run("EXPLAIN SELECT path FROM visits");
    assert.deepEqual([execution.StatementType, execution.SubstatementType], ["DML", "EXPLAIN"]);
    assert.equal(execution.Statistics?.DataScannedInBytes, 0);
  });

  it("of a failed query is none", async () => {
    const { QueryExecutionId: id = "" } = await athena.run("SELECT 1/0");
    await assert.rejects(athena.results(id), (error) => {
      assert.ok(error instanceof InvalidRequestException);
      assert.equal(error.message, "Query did not finish successfully. Final query state: FAILED");
      return true;
    });
    assert.deepEqual(await athena.objects.list("results", `analysts/${id}`), []);
  });

  it("is asked for a thousand rows at most", async () => {
    const { QueryExecutionId: id = "" } = await athena.run("SELECT 1");
    await assert.rejects(athena.results(id, { MaxResults: 1001 }), InvalidRequestException);
  });
});
