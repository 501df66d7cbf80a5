import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { inTemporaryFolder, runCli, type CliResult } from "../helpers/run-cli.ts";

/** Fails unless the result is a message of one to three lines without a stack trace. */
function assertMessage(result: CliResult, exitCode: 1 | 2, message: RegExp): void {
  assert.match(result.stderr, message);
  assert.equal(result.exitCode, exitCode, result.stderr);
  assert.equal(result.stdout, "");
  const lines = result.stderr.trimEnd().split("\n");
  assert.ok(lines.length <= 3, result.stderr);
  assert.doesNotMatch(result.stderr, /^\s+at /m);
}

function startWith(cwd: string, ...args: string[]): Promise<CliResult> {
  return runCli(["start", "--dataset", "access-log", ...args], { cwd });
}

describe("bad input", () => {
  it("an unknown dataset is answered with those there are", async () => {
    const result = await runCli(["start", "--dataset", "acces-log"]);
    assertMessage(result, 2, /no pipeline for "acces-log", only for .*\baccess-log\b/);
  });

  const files: { what: string; content: string | Buffer | undefined; message: RegExp }[] = [
    { what: "a file that is not there", content: undefined, message: /events\.in/ },
    { what: "an empty file", content: "", message: /events\.in.*empty/ },
    { what: "text that is not JSON", content: "hello\nworld\n", message: /events\.in.*neither JSON/s },
    { what: "a JSON array", content: '[{"time":"2026-11-20T00:00:00Z"}]\n', message: /JSON array/ },
    {
      what: "gzip that is cut short",
      content: gzipSync('{"time":"2026-11-20T00:00:00Z","status":200}\n'.repeat(5000)).subarray(0, 200),
      message: /cut short/,
    },
  ];
  for (const { what, content, message } of files) {
    it(`${what} is refused before anything is started`, () =>
      inTemporaryFolder(async (cwd) => {
        const path = join(cwd, "events.in");
        if (content !== undefined) await writeFile(path, content);
        assertMessage(await startWith(cwd, "--input", path), 1, message);
        assert.equal(existsSync(join(cwd, ".sluice")), false);
      }));
  }

  it("a port that is taken is named", () =>
    inTemporaryFolder(async (cwd) => {
      const server = createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const { port } = server.address() as AddressInfo;
      try {
        assertMessage(
          await startWith(cwd, "--kinesis-port", String(port)),
          1,
          new RegExp(`port ${port}`, "i"),
        );
      } finally {
        server.close();
      }
    }));

  it("a state folder of another version is left as it is", () =>
    inTemporaryFolder(async (cwd) => {
      const folder = join(cwd, ".sluice/local");
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "version.json"), '{"version":99}\n');
      const result = await startWith(cwd, "--serve");
      assertMessage(result, 1, /version 99.*local reset/s);
      assert.equal(await readFile(join(folder, "version.json"), "utf8"), '{"version":99}\n');
    }));

  it("a config with three mistakes is answered with all three", () =>
    inTemporaryFolder(async (cwd) => {
      await writeFile(
        join(cwd, "Pulumi.yaml"),
        `name: sluice\nruntime: nodejs\nmain: ${join(process.cwd(), "infra/index.ts")}\n`,
      );
      await writeFile(
        join(cwd, "Pulumi.dev.yaml"),
        [
          "config:",
          "  sluice:datasets: [clickstream]",
          "  sluice:owner: web-team",
          "  sluice:retentionHours: 12",
          "  sluice:bufferingSizeMiB: 5",
          "",
        ].join("\n"),
      );
      const result = await runCli(["plan", "--folder", cwd]);
      assert.equal(result.exitCode, 2);
      assert.equal(
        result.stderr,
        [
          "sluice: Pulumi.dev.yaml has 3 mistakes:",
          "  sluice:costCenter: not set - required",
          "  sluice:retentionHours: 12 - 24 or more",
          "  sluice:bufferingSizeMiB: 5 - 64 or more: Firehose refuses less with format conversion",
          "",
        ].join("\n"),
      );
    }));

  it("a sample's options are refused beside an input", async () => {
    const result = await runCli(["start", "--input", "events.ndjson", "--seed", "5"]);
    assert.equal(result.exitCode, 2);
    assert.match(result.stderr, /--input <file>.* cannot be used with option '--seed <text>'/);
  });

  it("an unknown option ends with 2", async () => {
    assert.equal((await runCli(["start", "--fast"])).exitCode, 2);
  });
});
