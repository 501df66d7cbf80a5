import assert from "node:assert/strict";
import { writeVisits } from "./lake-fixture.ts";
import { dailyProjection, database, planOf, table, visits, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

const plan = planOf(
  database,
  visits,
  table("flat", { columns: { x: "int", y: "string" } }),
  table("unprojected", { columns: { x: "int" }, partitionKeys: { dt: "string" } }),
  table("broken", {
    columns: { x: "int" },
    partitionKeys: { dt: "string", hour: "string" },
    parameters: dailyProjection("broken"),
  }),
  table("hourly", {
    columns: { x: "int", later: "string" },
    partitionKeys: { year: "int", slot: "string" },
    parameters: {
      "projection.enabled": "true",
      "projection.year.type": "integer",
      "projection.year.range": "2025,2026",
      "projection.slot.type": "enum",
      "projection.slot.values": "early,late",
      "storage.location.template": "s3://lake/hourly/${year}-${slot}/",
    },
  }),
  table("tenants", {
    columns: { x: "int" },
    partitionKeys: { tenant: "string" },
    parameters: {
      "projection.enabled": "true",
      "projection.tenant.type": "injected",
      "storage.location.template": "s3://lake/tenants/${tenant}/",
    },
  }),
  table("retyped", { columns: { x: "string" } }),
  table("fine", { columns: { at: "timestamp" } }),
  workgroup("analysts"),
);

describe("what a table of the local Athena holds", () => {
  let athena: RunningAthena;

  before(async () => {
    athena = await RunningAthena.start(plan);
    await writeVisits(athena);
    await athena.write("lake", "visits/dt=2025-12-31/old.parquet", "SELECT '/old' AS path");
    await athena.write("lake", "flat/one.parquet", "SELECT CAST(1 AS INTEGER) AS x, 'a' AS y");
    await athena.write("lake", "flat/two.parquet", "SELECT CAST(2 AS INTEGER) AS x");
    await athena.objects.put("lake", "flat/_SUCCESS", "done");
    await athena.write("lake", "unprojected/dt=2026-01-01/one.parquet", "SELECT CAST(1 AS INTEGER) AS x");
    for (const [folder, x] of [
      ["2025-early", 1],
      ["2026-late", 2],
      ["2026-middle", 3],
      ["2027-late", 4],
    ]) {
      await athena.write("lake", `hourly/${folder}/one.parquet`, `SELECT CAST(${x} AS INTEGER) AS x`);
    }
    for (const tenant of ["a", "b"]) {
      await athena.write("lake", `tenants/${tenant}/one.parquet`, "SELECT CAST(1 AS INTEGER) AS x");
    }
    await athena.write("lake", "retyped/one.parquet", "SELECT CAST(1 AS INTEGER) AS x");
    await athena.write("lake", "fine/one.parquet", "SELECT TIMESTAMP '2026-01-01 00:00:00.123556' AS at");
  });
  after(() => athena[Symbol.asyncDispose]());

  it("has no rows outside of the projection's range", async () => {
    assert.deepEqual(await athena.rows("SELECT path FROM visits WHERE dt = '2025-12-31'"), []);
    assert.deepEqual(await athena.rows("SELECT path FROM visits WHERE dt = '2026/01/01'"), []);
    assert.deepEqual(
      await athena.rows("SELECT DISTINCT dt FROM visits ORDER BY dt"),
      ["2026-01-01", "2026-01-02", "2026-01-03"].map((day) => [day]),
    );
  });

  it("reads a table without partitions, hidden files left out, missing columns as NULL", async () => {
    assert.deepEqual(await athena.rows("SELECT x, y FROM flat ORDER BY x"), [
      ["1", "a"],
      ["2", null],
    ]);
  });

  it("finds no partitions without projection, as nobody loaded them", async () => {
    assert.deepEqual(await athena.rows("SELECT x FROM unprojected"), []);
  });

  it("finds partitions by integers and enumerations, in folders that name no column", async () => {
    assert.deepEqual(await athena.rows("SELECT x, year, slot, later FROM hourly ORDER BY x"), [
      ["1", "2025", "early", null],
      ["2", "2026", "late", null],
    ]);
    assert.deepEqual(await athena.rows("SELECT x FROM hourly WHERE year > 2025"), [["2"]]);
  });

  it("needs the value of an injected column", async () => {
    assert.deepEqual(await athena.rows("SELECT x, tenant FROM tenants WHERE tenant = 'a'"), [["1", "a"]]);
    await assert.rejects(
      athena.rows("SELECT x FROM tenants"),
      /CONSTRAINT_VIOLATION: For the injected projected partition column tenant/,
    );
  });

  it("needs every partition column to be projected", async () => {
    await assert.rejects(
      athena.rows("SELECT x FROM broken"),
      /HIVE_METASTORE_ERROR: Table broken is configured for partition projection, but the following partition columns are missing projection configuration: \[hour\]/,
    );
  });

  it("fails where an object's column has another type", async () => {
    await assert.rejects(
      athena.rows("SELECT x FROM retyped"),
      /HIVE_BAD_DATA: Field x's type INTEGER in parquet file/,
    );
  });

  it("rounds timestamps to milliseconds", async () => {
    assert.deepEqual(
      await athena.rows("SELECT at FROM fine WHERE at = timestamp '2026-01-01 00:00:00.124'"),
      [["2026-01-01 00:00:00.124"]],
    );
  });
});
