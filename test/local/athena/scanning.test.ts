import assert from "node:assert/strict";
import { GetQueryExecutionCommand, StopQueryExecutionCommand } from "@aws-sdk/client-athena";
import { DuckDBInstance } from "@duckdb/node-api";
import { writeVisits } from "./lake-fixture.ts";
import { database, planOf, visitColumns, visits, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

const plan = planOf(
  database,
  visits,
  workgroup("analysts"),
  workgroup("thrifty", { bytesScannedCutoffPerQuery: 100 }),
);

describe("what a query of the local Athena scans", () => {
  let athena: RunningAthena;
  /** Compressed bytes of a column, by `dt` and column. */
  const sizes = new Map<string, number>();

  before(async () => {
    athena = await RunningAthena.start(plan);
    await writeVisits(athena);
    await athena.write("lake", "visits/dt=2025-12-31/old.parquet", "SELECT '/old' AS path");
    await measure();
  });
  after(() => athena[Symbol.asyncDispose]());

  async function measure(): Promise<void> {
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    for (const { key, path } of await athena.objects.list("lake", "visits/")) {
      const reader = await connection.runAndReadAll(
        `SELECT split_part(path_in_schema, ', ', 1), sum(total_compressed_size) FROM parquet_metadata('${path}') GROUP BY 1`,
      );
      const dt = /dt=([^/]+)/.exec(key)?.[1];
      for (const [column, bytes] of reader.getRows()) sizes.set(`${dt} ${String(column)}`, Number(bytes));
    }
    connection.closeSync();
    instance.closeSync();
  }

  async function scanned(sql: string): Promise<number> {
    const { Status, Statistics } = await athena.run(sql);
    assert.equal(Status?.State, "SUCCEEDED", Status?.StateChangeReason);
    return Statistics?.DataScannedInBytes ?? NaN;
  }

  const bytes = (days: string[], columns: string[]) =>
    days
      .flatMap((day) => columns.map((column) => sizes.get(`${day} ${column}`) ?? NaN))
      .reduce((a, b) => a + b, 0);
  const allDays = ["2026-01-01", "2026-01-02", "2026-01-03"];
  const columns = Object.keys(visitColumns);

  it("is every column chunk of a SELECT *", async () => {
    assert.equal(await scanned("SELECT * FROM visits"), bytes(allDays, columns));
  });

  it("is the columns that it uses, wherever it uses them", async () => {
    assert.equal(await scanned("SELECT path FROM visits"), bytes(allDays, ["path"]));
    assert.equal(await scanned("SELECT count(*) FROM visits WHERE status = 200"), bytes(allDays, ["status"]));
    assert.equal(
      await scanned("SELECT max(bytes) FROM visits GROUP BY path ORDER BY max(seconds)"),
      bytes(allDays, ["bytes", "path", "seconds"]),
    );
    assert.equal(await scanned("SELECT device.os FROM visits"), bytes(allDays, ["device"]));
    assert.equal(
      await scanned("SELECT t FROM visits CROSS JOIN UNNEST(tags) AS u(t)"),
      bytes(allDays, ["tags"]),
    );
  });

  it("is nothing for partition columns and for counting rows", async () => {
    assert.equal(await scanned("SELECT dt, count(*) FROM visits GROUP BY dt"), 0);
  });

  it("leaves out columns that only an inner query names", async () => {
    assert.equal(await scanned("SELECT path FROM (SELECT * FROM visits)"), bytes(allDays, ["path"]));
    assert.equal(
      await scanned("WITH v AS (SELECT path, status FROM visits) SELECT status FROM v"),
      bytes(allDays, ["status"]),
    );
  });

  it("counts a table twice that is read twice", async () => {
    const twice = "WITH v AS (SELECT path FROM visits) SELECT a.path FROM v a JOIN v b ON a.path = b.path";
    assert.equal(await scanned(twice), 2 * bytes(allDays, ["path"]));
  });

  it("is the partitions that the predicate leaves", async () => {
    const one = bytes(["2026-01-02"], ["path"]);
    assert.equal(await scanned("SELECT path FROM visits WHERE dt = '2026-01-02'"), one);
    assert.equal(await scanned("SELECT path FROM visits WHERE dt > '2026-01-01' AND dt < '2026-01-03'"), one);
    assert.equal(await scanned("SELECT path FROM visits WHERE dt IN ('2026-01-02', 'x')"), one);
    assert.equal(
      await scanned("SELECT path FROM visits WHERE date(dt) = date '2026-01-01' + interval '1' day"),
      one,
    );
    assert.equal(
      await scanned("WITH v AS (SELECT * FROM visits) SELECT path FROM v WHERE dt = '2026-01-02'"),
      one,
    );
    assert.equal(
      await scanned(
        "SELECT path FROM (SELECT path, dt FROM visits UNION ALL SELECT 'x', 'y') WHERE dt = '2026-01-02'",
      ),
      one,
    );
    assert.equal(
      await scanned("SELECT path FROM visits JOIN (VALUES '/a') AS t(p) ON path = p AND dt = '2026-01-02'"),
      one,
    );
  });

  it("prunes by what an OR implies", async () => {
    const sql =
      "SELECT path FROM visits WHERE (dt = '2026-01-01' AND path = '/a') OR (dt = '2026-01-02' AND path = '/b')";
    assert.equal(await scanned(sql), bytes(["2026-01-01", "2026-01-02"], ["path"]));
    assert.equal(
      await scanned("SELECT path FROM visits WHERE dt = '2026-01-01' OR path = '/b'"),
      bytes(allDays, ["path"]),
    );
  });

  it("is not pruned where rows without the predicate are needed", async () => {
    const counted =
      "SELECT a.path FROM (VALUES '/a') AS t(p) LEFT JOIN visits a ON a.path = p WHERE a.dt = '2026-01-02' OR a.dt IS NULL";
    assert.equal(await scanned(counted), bytes(allDays, ["path"]));
    const limited =
      "SELECT path FROM (SELECT path, dt FROM visits ORDER BY path LIMIT 3) WHERE dt = '2026-01-02'";
    assert.equal(await scanned(limited), bytes(allDays, ["path"]));
    const windowed =
      "SELECT n FROM (SELECT dt, row_number() OVER (ORDER BY path) AS n FROM visits) WHERE dt = '2026-01-02'";
    assert.equal(await scanned(windowed), bytes(allDays, ["path"]));
  });

  it("leaves the answer of an outer join as it is", async () => {
    const sql =
      "SELECT t.p, v.status FROM (VALUES '/b', '/z') AS t(p) LEFT JOIN visits v ON v.path = t.p AND v.dt = '2026-01-02' ORDER BY 1";
    assert.deepEqual(await athena.rows(sql), [
      ["/b", "404"],
      ["/z", null],
    ]);
  });

  it("is what a query that is stopped was about to read", async () => {
    const numbers = "UNNEST(sequence(1, 10000))";
    const id = await athena.start(
      `SELECT count(*) FROM visits CROSS JOIN ${numbers} AS a(x) CROSS JOIN ${numbers} AS b(y) WHERE status + x + y < 0`,
    );
    const read = bytes(allDays, ["status"]);
    const get = new GetQueryExecutionCommand({ QueryExecutionId: id });
    while ((await athena.client.send(get)).QueryExecution?.Statistics?.DataScannedInBytes !== read);
    await athena.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    const { Status, Statistics } = await athena.finished(id);
    assert.equal(Status?.State, "CANCELLED");
    assert.equal(Statistics?.DataScannedInBytes, read);
  });

  it("is nothing for the path of an object", async () => {
    assert.equal(await scanned(`SELECT DISTINCT "$path" FROM visits`), 0);
  });

  it("ends as CANCELLED at the workgroup's limit", async () => {
    const execution = await athena.run("SELECT * FROM visits", { WorkGroup: "thrifty" });
    assert.equal(execution.Status?.State, "CANCELLED");
    assert.equal(execution.Status.StateChangeReason, "Bytes scanned limit was exceeded");
    assert.equal(execution.Statistics?.DataScannedInBytes, 100);
  });
});
