import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import type { JobReport } from "../../cli/start/report.ts";
import { inTemporaryFolder, runCli, type CliResult } from "../helpers/run-cli.ts";

function serve(cwd: string, ...args: string[]): Promise<CliResult> {
  return runCli(["start", "--serve", "--json", ...args], {
    cwd,
    interruptWhen: { stderrHolds: "The emulator is up", signal: "SIGINT" },
  });
}

describe("an emulator that serves", () => {
  it("stays up until it is interrupted, ends cleanly, and goes on with its state", () =>
    inTemporaryFolder(async (cwd) => {
      const first = await serve(cwd, "--events", "1000");
      assert.equal(first.exitCode, 0, first.stderr);
      assert.equal(existsSync(join(cwd, ".sluice/local/endpoints.json")), false);
      const views = pageViewsIn(first.stdout);
      assert.ok(views > 100, `${views} page views`);

      const second = await serve(cwd, "--events", "1000");
      assert.equal(second.exitCode, 0, second.stderr);
      assert.equal(pageViewsIn(second.stdout), 2 * views);

      const third = await serve(cwd);
      assert.equal(pageViewsIn(third.stdout), 2 * views);
      assert.equal((JSON.parse(third.stdout) as JobReport).events.sent, 0);
      assert.match(third.stderr, /no sample was sent/);

      const reset = await runCli(["local", "reset"], { cwd });
      assert.equal(reset.exitCode, 0);
      assert.equal(existsSync(join(cwd, ".sluice/local")), false);
    }));

  it("sends its sample when an earlier start failed before it could", () =>
    inTemporaryFolder(async (cwd) => {
      const server = createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const { port } = server.address() as AddressInfo;
      const failed = await serve(cwd, "--athena-port", String(port));
      server.close();
      assert.equal(failed.exitCode, 1);
      assert.match(failed.stderr, new RegExp(`Port ${port} on 127.0.0.1 is taken`));

      const next = await serve(cwd);
      assert.equal((JSON.parse(next.stdout) as JobReport).events.sent, 20_000, next.stderr);
    }));
});

function pageViewsIn(stdout: string): number {
  const report = JSON.parse(stdout) as { queries: Record<string, Record<string, number>[]> };
  const hours = report.queries["traffic_by_hour"] ?? [];
  return hours.reduce((sum, row) => sum + Number(row["page_views"]), 0);
}
