import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clickstream } from "../../../datasets/clickstream.ts";
import { ownQuery } from "../../helpers/own-query.ts";
import {
  execution,
  fakeAthena,
  refusal,
  resultPage,
  tableMetadata,
  type FakeAthena,
  type Script,
} from "../../athena/client/fake-athena.ts";
import { awsEnvironment, sluiceQuery, type Terminal } from "./command.ts";

const topPages = ownQuery("clickstream/top_pages");
const pages = resultPage(
  [
    ["page", "varchar"],
    ["views", "bigint"],
  ],
  [
    ["page", "views"],
    ["/start", "12"],
    ["", null],
  ],
);
const script: Script = {
  GetPreparedStatement: ({ StatementName }) =>
    StatementName === topPages.name
      ? {
          PreparedStatement: {
            StatementName,
            QueryStatement: topPages.sql,
            Description: topPages.description,
          },
        }
      : refusal("ResourceNotFoundException", "not found"),
  ListNamedQueries: [{ NamedQueryIds: ["n-1"] }],
  BatchGetNamedQuery: [
    { NamedQueries: [{ Name: topPages.name, QueryString: topPages.sql, Description: topPages.description }] },
  ],
  GetWorkGroup: [{ WorkGroup: { Name: "w", Configuration: { BytesScannedCutoffPerQuery: 20_000_000_000 } } }],
  StartQueryExecution: [{ QueryExecutionId: "q-1" }],
  GetQueryExecution: [execution("SUCCEEDED", { bytes: 12_345_678 })],
  GetQueryResults: [pages],
  StopQueryExecution: [{}],
  ListTableMetadata: [{ TableMetadataList: [tableMetadata(clickstream)] }],
};
const place = ["--workgroup", "w", "--database", "d", "--dataset", "clickstream"];

describe("sluice query run", () => {
  let athena: FakeAthena;
  let environment: { restore: () => void };
  let folder: string;
  const start = async (changes: Script = {}) => {
    athena = await fakeAthena({ ...script, ...changes });
    environment = awsEnvironment(athena.endpoint);
  };
  const run = (words: string[], terminal?: Terminal) => sluiceQuery(["run", ...words, ...place], terminal);
  const sent = () => athena.calls.find(([operation]) => operation === "StartQueryExecution")?.[1];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "query-"));
  });
  afterEach(async () => {
    environment.restore();
    await athena[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it("runs what is deployed, with its parameters as literals; only results are on stdout", async () => {
    await start();
    const { stdout, stderr, error } = await run([
      "top_pages",
      "--period",
      "2026-11-01",
      "--limit=5",
      "--format",
      "csv",
    ]);
    assert.equal(error, undefined);
    assert.equal(stdout, 'page,views\n/start,12\n"",\n');
    assert.match(
      stderr,
      /^12\.3 MB scanned; billed as 13 MB, \$0\.000065 in us-east-1 \(price of 20.*; query q-1\n$/,
    );
    assert.deepEqual(sent()?.["ExecutionParameters"], ["'2026-10-31-23'", "'2026-11-01-23'", "5"]);
    assert.equal(sent()?.["QueryString"], topPages.sql);
  });

  it("shows a table, with a bar where the terminal has room", async () => {
    await start();
    const { stdout } = await run(["top_pages"], { isTTY: true });
    assert.match(stdout, /│ page {3}│ views │/);
    assert.match(stdout, /│ '' {5}│ {2}NULL │/);
    assert.match(stdout, /█/);
  });

  it("runs what lies in queries/ with --local-file, SQL of one's own, and a file with a header", async () => {
    await start({ GetPreparedStatement: [] });
    await run(["top_pages", "--local-file"]);
    assert.equal(sent()?.["QueryString"], topPages.sql);
    athena.calls.length = 0;

    await run(["--sql", "SELECT 1"]);
    assert.equal(sent()?.["QueryString"], "SELECT 1");
    assert.equal(sent()?.["ExecutionParameters"], undefined);
    athena.calls.length = 0;

    const file = join(folder, "x.sql");
    await writeFile(file, "-- name: ex\n-- description: An example.\n-- parameter: word string\nSELECT ?\n");
    await run(["--file", file, "--word", "it's"]);
    assert.deepEqual(sent()?.["ExecutionParameters"], ["'it''s'"]);
  });

  it("refuses before anything is sent to run", async () => {
    await start();
    const refused: [string[], RegExp][] = [
      [[], /name one query, or give one of --sql and --file/],
      [["top_pages", "--sql", "SELECT 1"], /name one query, or give one/],
      [["tops"], /no query "tops" is deployed\. There are clickstream\/top_pages/],
      [["top_pages", "--limit", "many"], /"limit" \(int\) "many": write a whole number/],
      [["top_pages", "--colour", "red"], /no parameter "colour"\. There are period, limit/],
      [["top_pages", "--limit"], /--limit needs a value/],
      [["top_pages", "--limit", "1", "--limit", "2"], /--limit is given twice/],
      [["top_pages", "5"], /"5": write a parameter as --name value/],
      [["--sql", "SELECT ?"], /the statement has placeholders/],
      [["--sql", "SELECT 1", "--limit", "5"], /--limit: the statement has no parameters/],
      [["--file", join(folder, "none.sql")], /can't read .*none\.sql: ENOENT/],
      [["top_pages", "--chart", "pie"], /--chart "pie": write bar, line, or a file/],
      [["top_pages", "--chart", "--format", "csv"], /leave out --format csv/],
      [["top_pages", "--reuse", "8d"], /7 days at most/],
      [["top_pages", "--timeout", "soon"], /write a time such as 90s/],
      [["top_pages", "--max-cost", "much"], /write US dollars/],
      [["top_pages", "--dataset", "weather"], /no dataset "weather"/],
    ];
    for (const [words, message] of refused) {
      const isPlace = words.includes("--dataset");
      const outcome = await sluiceQuery(["run", ...words, ...(isPlace ? place.slice(0, 4) : place)]);
      assert.match(outcome.error?.message ?? "", message, words.join(" "));
      assert.equal(outcome.stdout, "");
    }
    assert.equal(athena.count("StartQueryExecution"), 0);
  });

  it("refuses a Parquet file for a terminal", async () => {
    await start();
    const { error } = await run(["top_pages", "--format", "parquet"], { isTTY: true });
    assert.match(error?.message ?? "", /write it to a file/);
  });

  it("refuses to start what the workgroup's cutoff does not keep below --max-cost", async () => {
    await start();
    const { error } = await run(["top_pages", "--max-cost", "0.09"]);
    assert.match(error?.message ?? "", /cuts off at 20 GB, which is \$0\.10\.\nAllow that much/);
    assert.equal(athena.count("StartQueryExecution"), 0);
    assert.equal((await run(["top_pages", "--max-cost", "0.10"])).error, undefined);
  });

  it("refuses --max-cost where nothing bounds the cost", async () => {
    await start({ GetWorkGroup: [{ WorkGroup: { Name: "w", Configuration: {} } }] });
    assert.match((await run(["top_pages", "--max-cost", "9"])).error?.message ?? "", /has no cutoff/);
    const elsewhere = await run(["top_pages", "--max-cost", "9", "--region", "mars-north-1"]);
    assert.match(elsewhere.error?.message ?? "", /has no cutoff|not on file/);
  });

  it("says what a query that failed, was cancelled or cut off cost, each with its exit code", async () => {
    await start({
      GetQueryExecution: [
        execution("CANCELLED", { reason: "Bytes scanned limit was exceeded", bytes: 11e9 }),
      ],
    });
    const { stderr, error } = await run(["top_pages"]);
    assert.match(stderr, /CANCELLED, 11 GB scanned; billed as 11 GB, \$0\.055 /);
    assert.equal(error?.exitCode, 4);
  });

  it("stops the query on the server when the user gives up", async () => {
    const abort = new AbortController();
    let stopped = false;
    await start({
      GetQueryExecution: () => {
        abort.abort();
        return execution(stopped ? "CANCELLED" : "RUNNING", { bytes: 5_000_000 });
      },
      StopQueryExecution: () => {
        stopped = true;
        return {};
      },
    });
    const { error, stderr } = await run(["--sql", "SELECT 1"], { signal: abort.signal });
    assert.equal(error?.exitCode, 130);
    assert.match(error?.message ?? "", /stopped on the server\. It scanned 5,000,000 bytes/);
    assert.match(stderr, /billed as 10 MB/);
    assert.equal(athena.count("StopQueryExecution"), 1);
  });

  it("draws in the terminal in place of the table, or in a file beside the answer", async () => {
    await start();
    const drawn = await run(["top_pages", "--chart"]);
    assert.match(drawn.stdout, /^views by page\n\/start █+ 12\n$/);
    const file = join(folder, "pages.svg");
    const beside = await run(["top_pages", "--format", "ndjson", "--chart", file]);
    assert.equal(beside.stdout, '{"page":"/start","views":12}\n{"page":"","views":null}\n');
    assert.match(await readFile(file, "utf8"), /top_pages/);
  });
});
