import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import type { JobReport } from "../../cli/start/report.ts";
import { queriesOf } from "../../athena/named-query/library.ts";
import { inTemporaryFolder, runCli } from "../helpers/run-cli.ts";

describe("the main job", () => {
  let report: JobReport;
  let stderr: string;

  before(async () => {
    await inTemporaryFolder(async (cwd) => {
      const result = await runCli(["start", "--json", "--events", "5000"], { cwd });
      assert.equal(result.exitCode, 0, result.stderr);
      report = JSON.parse(result.stdout) as JobReport;
      stderr = result.stderr;
    });
  });

  it("prints one JSON document of the promised shape, and nothing else without a terminal", () => {
    assert.deepEqual(Object.keys(report), [
      "stack",
      "pipeline",
      "dataset",
      "events",
      "records",
      "objects",
      "bytes",
      "queries",
      "seconds",
    ]);
    assert.deepEqual(Object.keys(report.events), ["sent", "delivered", "failed"]);
    assert.deepEqual(Object.keys(report.bytes), ["json", "parquet"]);
    assert.deepEqual(Object.keys(report.seconds), ["plan", "start", "send", "deliver", "query", "total"]);
    assert.equal(stderr, "");
  });

  it("delivers every event to the lake or to the error output", () => {
    assert.deepEqual(report.events, { sent: 5000, delivered: 4990, failed: 10 });
  });

  it("packs many events into a record, and makes Parquet smaller than JSON", () => {
    assert.ok(report.records < report.events.sent / 20, `${report.records} records`);
    assert.ok(report.objects >= 1);
    assert.ok(
      report.bytes.parquet < report.bytes.json / 3,
      `${report.bytes.parquet} of ${report.bytes.json}`,
    );
  });

  it("answers every named query of the dataset", () => {
    assert.deepEqual(
      Object.keys(report.queries),
      queriesOf({ name: "clickstream" }).map(({ name }) => name),
    );
    const empty = Object.entries(report.queries).filter(([, rows]) => rows.length === 0);
    assert.deepEqual(
      empty.map(([name]) => name),
      ["duplicates"],
    );
  });

  it("leaves no process behind", () => {
    const processes = execFileSync("ps", ["-eo", "ppid,args"], { encoding: "utf8" });
    const orphans = processes.split("\n").filter((line) => /^\s*1 .*kinesis-local/.test(line));
    assert.deepEqual(orphans, []);
  });
});
