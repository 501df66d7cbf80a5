import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { History } from "../../../local/athena/execution/history.ts";
import { database, planOf, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

const day = 86_400_000;

describe("the history of the local Athena", () => {
  it("keeps executions and their results across restarts", async () => {
    const plan = planOf(database, workgroup("analysts"));
    await using athena = await RunningAthena.start(plan);
    const { QueryExecutionId: id = "" } = await athena.run("SELECT 'kept' AS x");
    await athena.restart(plan);
    assert.equal((await athena.finished(id)).Query, "SELECT 'kept' AS x");
    assert.equal((await athena.results(id)).ResultSet?.Rows?.[1]?.Data?.[0]?.VarCharValue, "kept");
  });

  describe("as a file", () => {
    let folder: string;
    let file: string;
    const now = new Date("2026-11-20T00:00:00Z");

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "history-"));
      file = join(folder, "history.ndjson");
    });
    afterEach(() => rm(folder, { recursive: true }));

    const line = (id: string, state: string, ageDays = 0) =>
      `${JSON.stringify({ id, state, submitted: now.getTime() - ageDays * day })}\n`;

    it("takes the last line of each execution", async () => {
      await writeFile(file, line("a", "RUNNING") + line("b", "SUCCEEDED") + line("a", "SUCCEEDED"));
      const history = await History.open(file, now);
      assert.equal(history.get("a")?.state, "SUCCEEDED");
    });

    it("takes a query that nobody runs any more as failed", async () => {
      await writeFile(file, line("a", "RUNNING"));
      const history = await History.open(file, now);
      assert.equal(history.get("a")?.state, "FAILED");
      assert.match(history.get("a")?.reason ?? "", /was stopped while the query ran/);
    });

    it("leaves out half a line", async () => {
      await writeFile(file, line("a", "SUCCEEDED"));
      await appendFile(file, '{"id": "b", "sta');
      const history = await History.open(file, now);
      assert.deepEqual(
        history.newestFirst().map(({ id }) => id),
        ["a"],
      );
    });

    it("forgets after 45 days", async () => {
      await writeFile(file, line("old", "SUCCEEDED", 46) + line("young", "SUCCEEDED", 44));
      const history = await History.open(file, now);
      assert.deepEqual(
        history.newestFirst().map(({ id }) => id),
        ["young"],
      );
      assert.doesNotMatch(await readFile(file, "utf8"), /old/);
    });
  });
});
