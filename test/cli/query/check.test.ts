import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { factsOf } from "../../../athena/check/facts.ts";
import { accessLog } from "../../../datasets/access-log.ts";
import { ownQuery } from "../../helpers/own-query.ts";
import { sluiceQuery } from "./command.ts";

const good = `-- name: good
-- description: Requests by status.
-- parameter: period period = last 7 days
-- parameter: least int
-- chart: bar x=status y=requests
SELECT status, count(*) AS requests
FROM access_log
WHERE dt BETWEEN ? AND ? AND status >= ?
GROUP BY status
`;

describe("sluice query check", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "check-"));
    await mkdir(join(folder, "access-log"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const check = async (text: string, file = "good.sql") => {
    await writeFile(join(folder, "access-log", file), text);
    return sluiceQuery(["check", "--folder", folder]);
  };

  it("finds nothing in the project's own queries", async () => {
    const { stdout, error } = await sluiceQuery(["check"]);
    assert.match(stdout, /^\d+ named queries keep the rules\.\n$/);
    assert.equal(error, undefined);
  });

  it("takes a query that keeps the rules", async () => {
    assert.equal((await check(good)).stdout, "1 named queries keep the rules.\n");
  });

  const broken: [string, string, RegExp][] = [
    ["does not parse", good.replace("GROUP BY", "GROUP"), /good\.sql: line 9:/],
    [
      "names a column that the dataset has not",
      good.replaceAll("status", "state"),
      /COLUMN_NOT_FOUND: line 8:30/,
    ],
    ["names another table", good.replace("FROM access_log", "FROM logs"), /TABLE_NOT_FOUND.*'logs'/],
    ["has types that don't fit", good.replace("least int", "least string"), /TYPE_MISMATCH/],
    [
      "is no SELECT",
      good.replace(/SELECT[^]*/, "SHOW TABLES LIKE ? -- ?\n"),
      /good\.sql:\d+: |NOT_SUPPORTED/,
    ],
    [
      "selects everything",
      good.replace("status, count(*) AS requests", "*").replace(/GROUP.*\n/, ""),
      /SELECT \*/,
    ],
    [
      "has no predicate on the partitions",
      good.replace("dt BETWEEN", "referer BETWEEN"),
      /no predicate on dt/,
    ],
    [
      "has a predicate that does not prune",
      good.replace("dt BETWEEN ? AND ? AND", "dt BETWEEN ? AND ? OR"),
      /no predicate on dt/,
    ],
    ["draws a column that it has not", good.replace("y=requests", "y=hits"), /chart: y=hits is no column/],
    [
      "has a parameter that run takes for itself",
      good.replace("least int", "reuse int"),
      /"reuse" is an option/,
    ],
    ["has a header that does not agree", good.replace("-- parameter: least int\n", ""), /3 placeholders/],
  ];
  for (const [name, text, problem] of broken) {
    it(`names a query that ${name}`, async () => {
      const { stdout, error } = await check(text);
      assert.match(stdout, problem);
      assert.match(error?.message ?? "", /^\d problems in the named queries/);
      assert.equal(error?.exitCode, 1);
    });
  }

  it("names a file that is not called as its query", async () => {
    assert.match((await check(good, "other.sql")).stdout, /other\.sql:1: .*must be called good\.sql/);
  });

  it("refuses a folder without queries", async () => {
    const { error } = await sluiceQuery(["check", "--folder", join(folder, "none")]);
    assert.match(error?.message ?? "", /none of the folders .*\bclickstream\b/);
  });
});

describe("what a query reads", () => {
  it("is known without running it", () => {
    assert.deepEqual(factsOf(ownQuery("access-log/referrers"), accessLog), {
      columnsRead: ["path", "referer"],
      columns: ["host", "requests", "pages"],
      prunesPartitions: true,
      selectsAll: false,
    });
  });
});
