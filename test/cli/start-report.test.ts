import assert from "node:assert/strict";
import { renderReport } from "../../cli/start/render-report.ts";
import type { JobResult } from "../../cli/start/report.ts";

const result: JobResult = {
  report: {
    stack: "local",
    pipeline: "clickstream",
    dataset: "clickstream",
    events: { sent: 20_000, delivered: 19_999, failed: 1 },
    records: 322,
    objects: 1,
    bytes: { json: 7_000_000, parquet: 999_950 },
    queries: {},
    seconds: { plan: 0.5, start: 1, send: 0.5, deliver: 2, query: 0.4, total: 4.4 },
  },
  answers: [],
  lakeFolder: "lake",
  pipeline: {
    name: "clickstream",
    dataset: "clickstream",
    region: "eu-central-1",
    streamName: "sluice-local-clickstream",
    deliveryStreamName: "sluice-local-clickstream",
    lakeBucketName: "sluice-local-clickstream-lake-000000000000",
    databaseName: "sluice_local_clickstream",
    tableName: "clickstream",
    workgroupName: "sluice-local-clickstream",
    analystRoleArn: "arn:aws:iam::000000000000:role/sluice-local-clickstream-analyst",
  },
};

describe("the report of the main job", () => {
  it("shows the way of the events with the counts at each station", () => {
    assert.deepEqual(renderReport(result, { width: 120, color: false }).split("\n").slice(0, 10), [
      "The way of 20,000 events",
      "",
      "producer      clickstream                                        20,000 events, 7.0 MB of JSON",
      "stream        sluice-local-clickstream                           322 records                    sent in 0.5 s",
      "delivery      sluice-local-clickstream                           1 Parquet object, 1000.0 kB    delivered after 2.0 s",
      "table         clickstream                                        19,999 rows",
      "error output  sluice-local-clickstream-lake-000000000000/errors  1 event                        kept, can be replayed",
      "queries       sluice-local-clickstream                           0 answers                      run in 0.4 s",
      "",
      "plan 0.5 s, start 1.0 s, all of it 4.4 s",
    ]);
  });

  for (const width of [80, 50]) {
    it(`fits a terminal of ${width} columns`, () => {
      const tooWide = renderReport(result, { width, color: false })
        .split("\n")
        .filter((line) => line.length > width);
      assert.deepEqual(tooWide, []);
    });
  }
});
