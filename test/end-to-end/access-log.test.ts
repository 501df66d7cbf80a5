import assert from "node:assert/strict";
import type { JobReport } from "../../cli/start/report.ts";
import { inTemporaryFolder, runCli, shortened } from "../helpers/run-cli.ts";
import { sharedData } from "../helpers/shared-data.ts";

/** What is known of the real access log beforehand (../shared/data/README.md). */
const eventsPerDay = { "2015-05-17": 1632, "2015-05-18": 2893, "2015-05-19": 2896, "2015-05-20": 2578 };
const eventsPerStatus = { 200: 9125, 304: 445, 404: 213, 301: 164, 206: 45, 500: 3, 403: 2, 416: 2 };

describe("a real access log, from the stream to the answers", () => {
  for (const { file, failed } of [
    { file: "access.ndjson.gz", failed: 0 },
    { file: "access.log.gz", failed: 1 },
  ]) {
    it(`${file} gives the answers that are known beforehand`, async function () {
      const path = sharedData(file, this);
      await inTemporaryFolder(async (cwd) => {
        const { exitCode, stdout, stderr } = await runCli(
          ["start", "--dataset", "access-log", "--input", path, "--json"],
          { cwd },
        );
        assert.equal(exitCode, 0, stderr);
        const report = JSON.parse(stdout) as JobReport;
        assert.deepEqual(report.events, { sent: 9999 + failed, delivered: 9999, failed });
        const rows = report.queries["requests_per_day"] ?? [];
        assert.deepEqual(summedBy(rows, "day"), eventsPerDay);
        assert.deepEqual(summedBy(rows, "status"), eventsPerStatus);
        if (failed > 0) assert.match(stderr, /access\.log\.gz:\d+ .*"46\.118\.127\.106/);
        else assert.equal(stderr, shortened);
      });
    });
  }
});

function summedBy(rows: readonly Record<string, unknown>[], column: string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const row of rows) {
    const key = String(row[column]);
    sums[key] = (sums[key] ?? 0) + Number(row["requests"]);
  }
  return sums;
}
