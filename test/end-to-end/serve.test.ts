import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import type { JobReport } from "../../cli/start/report.ts";
import { inTemporaryFolder, runCli, type CliResult } from "../helpers/run-cli.ts";

function serve(cwd: string, ...args: string[]): Promise<CliResult> {
  return runCli(["start", "--dataset", "clickstream", "--serve", "--json", ...args], {
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

describe("the ports of an emulator that serves", () => {
  const freePort = async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { port, close: () => server.close() };
  };
  const urlsIn = ({ stderr }: CliResult) => stderr.match(/http:\/\/127\.0\.0\.1:\d+/g);

  it("are those of its last start, unless another program has them; those that are given are taken or refused", () =>
    inTemporaryFolder(async (cwd) => {
      const first = await serve(cwd, "--events", "10");
      const urls = urlsIn(first);
      assert.equal(urls?.length, 3, first.stderr);
      assert.deepEqual(urlsIn(await serve(cwd)), urls);

      const port = Number(new URL(urls[2] ?? "").port);
      const other = createServer().listen(port, "127.0.0.1");
      await once(other, "listening");
      const third = await serve(cwd);
      const refused = await serve(cwd, "--http-port", String(port));
      other.close();
      assert.match(
        third.stderr,
        new RegExp(
          `Port ${port}, where http was the last time, is taken by another program: it has a new one\\.`,
        ),
      );
      assert.deepEqual(urlsIn(third)?.slice(0, 2), urls.slice(0, 2));
      assert.notEqual(urlsIn(third)?.[2], urls[2]);
      assert.equal(refused.exitCode, 1);
      assert.match(refused.stderr, new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken`));

      const wanted = await freePort();
      wanted.close();
      const fourth = await serve(cwd, "--http-port", String(wanted.port));
      assert.equal(urlsIn(fourth)?.[2], `http://127.0.0.1:${wanted.port}`);
    })).timeout(120_000);
});

function pageViewsIn(stdout: string): number {
  const report = JSON.parse(stdout) as { queries: Record<string, Record<string, number>[]> };
  const hours = report.queries["traffic_by_hour"] ?? [];
  return hours.reduce((sum, row) => sum + Number(row["page_views"]), 0);
}
