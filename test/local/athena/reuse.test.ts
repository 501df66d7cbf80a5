import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { writeVisits } from "./lake-fixture.ts";
import { database, planOf, visits, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

describe("an earlier result", () => {
  let athena: RunningAthena;
  const ResultReuseConfiguration = { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 60 } };

  before(async () => {
    athena = await RunningAthena.start(planOf(database, visits, workgroup("analysts")));
    await writeVisits(athena);
  });
  after(() => athena[Symbol.asyncDispose]());

  async function isReused(sql: string, options = {}): Promise<boolean | undefined> {
    const execution = await athena.run(sql, { ResultReuseConfiguration, ...options });
    assert.equal(execution.Status?.State, "SUCCEEDED");
    return execution.Statistics?.ResultReuseInformation?.ReusedPreviousResult;
  }

  it("is taken by the same statement that asks for it, and scans nothing", async () => {
    const sql = "SELECT max(status) FROM visits";
    await athena.run(sql);
    const execution = await athena.run(sql, { ResultReuseConfiguration });
    assert.equal(execution.Statistics?.ResultReuseInformation?.ReusedPreviousResult, true);
    assert.equal(execution.Statistics.DataScannedInBytes, 0);
    const { ResultSet } = await athena.results(execution.QueryExecutionId ?? "");
    assert.equal(ResultSet?.Rows?.[1]?.Data?.[0]?.VarCharValue, "500");
  });

  it("is not taken by a statement that does not ask", async () => {
    await athena.run("SELECT 1");
    assert.equal(
      (await athena.run("SELECT 1")).Statistics?.ResultReuseInformation?.ReusedPreviousResult,
      false,
    );
  });

  it("is not taken by another text, other parameters or another age", async () => {
    await athena.run("SELECT ?", { ExecutionParameters: ["1"] });
    assert.equal(await isReused("SELECT ?", { ExecutionParameters: ["2"] }), false);
    assert.equal(await isReused("SELECT  ?", { ExecutionParameters: ["1"] }), false);
    assert.equal(await isReused("SELECT ?", { ExecutionParameters: ["1"] }), true);
    const tooOld = { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 0 } };
    assert.equal(
      await isReused("SELECT ?", { ExecutionParameters: ["1"], ResultReuseConfiguration: tooOld }),
      false,
    );
  });

  it("is not taken when the query asks for the time", async () => {
    await athena.run("SELECT now() > timestamp '2020-01-01 00:00:00'");
    assert.equal(await isReused("SELECT now() > timestamp '2020-01-01 00:00:00'"), false);
  });

  it("is not taken when its file is gone", async () => {
    const { QueryExecutionId: id = "" } = await athena.run("SELECT 7");
    await rm(athena.objects.pathOf("results", `analysts/${id}.csv`));
    assert.equal(await isReused("SELECT 7"), false);
  });
});
