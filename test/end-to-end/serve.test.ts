import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inTemporaryFolder, runCli } from "../helpers/run-cli.ts";

describe("a twin that serves", () => {
  it("stays up until it is interrupted, ends cleanly, and goes on with its state", () =>
    inTemporaryFolder(async (cwd) => {
      const serve = () =>
        runCli(["start", "--serve", "--json", "--events", "1000"], {
          cwd,
          interruptWhen: { stderrHolds: "The twin is up", signal: "SIGINT" },
        });
      const first = await serve();
      assert.equal(first.exitCode, 0, first.stderr);
      assert.equal(existsSync(join(cwd, ".sluice/local/endpoints.json")), false);

      const second = await serve();
      assert.equal(second.exitCode, 0, second.stderr);
      const views = pageViewsIn(first.stdout);
      assert.ok(views > 100, `${views} page views`);
      assert.equal(pageViewsIn(second.stdout), 2 * views);

      const reset = await runCli(["local", "reset"], { cwd });
      assert.equal(reset.exitCode, 0);
      assert.equal(existsSync(join(cwd, ".sluice/local")), false);
    }));
});

function pageViewsIn(stdout: string): number {
  const report = JSON.parse(stdout) as { queries: Record<string, Record<string, number>[]> };
  const hours = report.queries["traffic_by_hour"] ?? [];
  return hours.reduce((sum, row) => sum + Number(row["page_views"]), 0);
}
