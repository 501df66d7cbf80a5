import assert from "node:assert/strict";
import { clickstream } from "../../../datasets/clickstream.ts";
import { ownQuery } from "../../helpers/own-query.ts";
import {
  execution,
  fakeAthena,
  refusal,
  tableMetadata,
  type FakeAthena,
  type Script,
} from "../../athena/client/fake-athena.ts";
import { awsEnvironment, sluiceQuery } from "./command.ts";

const topPages = ownQuery("clickstream/top_pages");
const past = (id: string, sql: string, when: string, state = "SUCCEEDED") => ({
  ...(execution(state, { bytes: 20_000_000 })["QueryExecution"] as Record<string, unknown>),
  QueryExecutionId: id,
  Query: sql,
  Status: { State: state, SubmissionDateTime: Date.parse(when) / 1000 },
});
const script: Script = {
  ListNamedQueries: [{ NamedQueryIds: ["n-1"] }],
  BatchGetNamedQuery: [
    {
      NamedQueries: [
        { Name: "top_pages", QueryString: topPages.sql, Description: topPages.description },
        { Name: "by_hand", QueryString: "SELECT ?", Description: "Made in the console." },
      ],
    },
  ],
  GetPreparedStatement: [refusal("ResourceNotFoundException", "not found")],
  ListQueryExecutions: [{ QueryExecutionIds: ["q-1", "q-2"] }],
  BatchGetQueryExecution: [
    {
      QueryExecutions: [
        past("q-1", "SELECT  1 -- one", "2026-11-19T10:00:00Z", "FAILED"),
        past("q-2", topPages.sql, "2026-11-20T10:00:00Z"),
      ],
    },
  ],
  GetQueryExecution: [execution("RUNNING"), execution("CANCELLED", { bytes: 3 })],
  StopQueryExecution: [{}],
  ListTableMetadata: [{ TableMetadataList: [tableMetadata(clickstream)] }],
};
const place = ["--workgroup", "w", "--database", "d", "--dataset", "clickstream"];

describe("sluice query", () => {
  let athena: FakeAthena;
  let environment: { restore: () => void };
  const start = async (changes: Script = {}) => {
    athena = await fakeAthena({ ...script, ...changes });
    environment = awsEnvironment(athena.endpoint);
  };
  afterEach(async () => {
    environment.restore();
    await athena[Symbol.asyncDispose]();
  });

  it("list has what is deployed, with parameters and the last run", async () => {
    await start();
    const { stdout } = await sluiceQuery(["list", "--format", "ndjson", ...place]);
    const [byHand, pages] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(byHand?.["name"], "by_hand");
    assert.equal(byHand?.["last_run"], null);
    assert.equal(pages?.["parameters"], "period period = last 30 days, limit int = 20");
    assert.equal(pages?.["last_run"], "2026-11-20 10:00:00");
  });

  it("list --local-file asks nobody", async () => {
    await start();
    const { stdout } = await sluiceQuery([
      "list",
      "--local-file",
      "--dataset",
      "risk-event",
      "--format",
      "csv",
    ]);
    assert.match(stdout, /\ntop_losses,risk-event,/);
    assert.deepEqual(athena.calls, []);
  });

  it("show has the text, the parameters and the partitions", async () => {
    await start();
    const { stdout } = await sluiceQuery(["show", "top_pages", ...place]);
    assert.match(stdout, /^clickstream\/top_pages\nThe pages seen most/);
    assert.match(stdout, /--limit int = 20 {2}how many pages/);
    assert.match(stdout, /Partitions: dt BETWEEN '[\d-]{13}' AND '[\d-]{13}', with period = last 30 days\n/);
    assert.ok(stdout.endsWith(topPages.sql));
  });

  it("run refuses a deployed query whose placeholders nobody explains", async () => {
    await start();
    const { error } = await sluiceQuery(["run", "by_hand", ...place]);
    assert.match(error?.message ?? "", /deployed without a header/);
  });

  it("history has the latest first, with state, bytes and cost", async () => {
    await start();
    const { stdout } = await sluiceQuery(["history", "--format", "csv", ...place]);
    assert.equal(
      stdout,
      "submitted,state,query,seconds,bytes_scanned,billed_bytes,dollars,query_execution_id\n" +
        "2026-11-20 10:00:00,SUCCEEDED,top_pages,0,20000000,20000000,0.0001,q-2\n" +
        "2026-11-19 10:00:00,FAILED,SELECT 1,0,20000000,0,0,q-1\n",
    );
  });

  it("cancel stops a query, and says what it scanned", async () => {
    await start();
    const { stderr, error } = await sluiceQuery(["cancel", "q-1", ...place]);
    assert.equal(error, undefined);
    assert.match(stderr, /^CANCELLED, 3 bytes scanned; billed as 10 MB/);
    assert.equal(athena.count("StopQueryExecution"), 1);
  });

  it("cancel stops nothing that is over or that nobody knows", async () => {
    await start({ GetQueryExecution: [execution("SUCCEEDED")] });
    const over = await sluiceQuery(["cancel", "q-1", ...place]);
    assert.match(over.error?.message ?? "", /over already: SUCCEEDED/);
    await athena[Symbol.asyncDispose]();
    environment.restore();
    await start({
      GetQueryExecution: [refusal("InvalidRequestException", "QueryExecution q-9 was not found")],
    });
    const unknown = await sluiceQuery(["cancel", "q-9", ...place]);
    assert.match(unknown.error?.message ?? "", /no query q-9 here: .*\n.*history/);
    assert.equal(athena.count("StopQueryExecution"), 0);
  });
});
