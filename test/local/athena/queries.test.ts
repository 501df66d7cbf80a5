import assert from "node:assert/strict";
import {
  BatchGetQueryExecutionCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetQueryRuntimeStatisticsCommand,
  InvalidRequestException,
  ListQueryExecutionsCommand,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { writeVisits } from "./lake-fixture.ts";
import { database, planOf, visits, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

const plan = planOf(
  database,
  visits,
  workgroup("analysts"),
  workgroup("free", { enforceWorkgroupConfiguration: false, resultConfiguration: {} }),
);

/** Long enough to be stopped. */
const slow =
  "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 1000)) AS c(z) WHERE (x * y + z) % 7 = 3";

function refusal(code: string, message: RegExp | string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof InvalidRequestException, String(error));
    assert.equal(error.AthenaErrorCode, code);
    if (typeof message === "string") assert.equal(error.message, message);
    else assert.match(error.message, message);
    return true;
  };
}

describe("a query of the local Athena", () => {
  let athena: RunningAthena;

  before(async () => {
    athena = await RunningAthena.start(plan);
    await writeVisits(athena);
  });
  after(() => athena[Symbol.asyncDispose]());

  it("is refused at once when it is no SQL, and leaves no execution", async () => {
    await assert.rejects(
      athena.start("SELEC 1"),
      refusal("MALFORMED_QUERY", /^line 1:1: mismatched input 'SELEC'/),
    );
    const { QueryExecutionIds } = await athena.client.send(
      new ListQueryExecutionsCommand({ WorkGroup: "analysts" }),
    );
    assert.deepEqual(QueryExecutionIds, []);
  });

  it("fails later when it names no table, with Athena's error", async () => {
    const { Status } = await athena.run("SELECT * FROM nothing");
    assert.equal(Status?.State, "FAILED");
    assert.equal(
      Status.StateChangeReason,
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.shop.nothing' does not exist",
    );
    assert.equal(Status.AthenaError?.ErrorCategory, 2);
    assert.equal(Status.AthenaError.ErrorType, 1301);
    assert.equal(Status.AthenaError.Retryable, false);
  });

  it("that succeeds says what it was and what it took", async () => {
    const execution = await athena.run("SELECT path FROM visits WHERE dt = '2026-01-01'");
    assert.equal(execution.StatementType, "DML");
    assert.equal(execution.SubstatementType, "SELECT");
    assert.equal(execution.WorkGroup, "analysts");
    assert.equal(execution.EngineVersion?.EffectiveEngineVersion, "Athena engine version 3");
    assert.equal(
      execution.ResultConfiguration?.OutputLocation,
      `s3://results/analysts/${execution.QueryExecutionId}.csv`,
    );
    const { Status, Statistics } = execution;
    assert.ok(Status?.SubmissionDateTime && Status.CompletionDateTime);
    assert.ok(Status.SubmissionDateTime <= Status.CompletionDateTime);
    assert.equal(Statistics?.ResultReuseInformation?.ReusedPreviousResult, false);
    assert.ok((Statistics.DataScannedInBytes ?? 0) > 0);
  });

  it("has the same id for the same token, in whatever state", async () => {
    const ClientRequestToken = "a".repeat(32);
    const first = await athena.start("SELECT 1", { ClientRequestToken });
    await athena.finished(first);
    assert.equal(await athena.start("SELECT 1", { ClientRequestToken, ExecutionParameters: ["1"] }), first);
    await assert.rejects(
      athena.start("SELECT 2", { ClientRequestToken }),
      refusal("IDEMPOTENT_PARAMETER_MISMATCH", "Idempotent parameters do not match"),
    );
  });

  it("needs a token on the wire", async () => {
    const response = await fetch(athena.athena.endpoint, {
      method: "POST",
      headers: { "x-amz-target": "AmazonAthena.StartQueryExecution" },
      body: JSON.stringify({ QueryString: "SELECT 1", WorkGroup: "analysts" }),
    });
    assert.equal(response.status, 400);
    assert.deepEqual(await response.json(), {
      __type: "InvalidRequestException",
      Message: "clientRequestToken is null or empty",
      AthenaErrorCode: "INVALID_INPUT",
      ErrorCode: "INVALID_INPUT",
    });
  });

  it("needs a workgroup that exists", async () => {
    await assert.rejects(
      athena.start("SELECT 1", { WorkGroup: "nobody" }),
      refusal("INVALID_INPUT", "WorkGroup is not found."),
    );
  });

  it("needs a place for its result", async () => {
    await assert.rejects(
      athena.start("SELECT 1", { WorkGroup: "free" }),
      refusal("INVALID_INPUT", /^No output location provided/),
    );
    await assert.rejects(
      athena.start("SELECT 1", { WorkGroup: "free", ResultConfiguration: { OutputLocation: "results" } }),
      refusal("INVALID_INPUT", "outputLocation is not a valid S3 path."),
    );
  });

  it("chooses the place of its result only where the workgroup lets it", async () => {
    const ResultConfiguration = { OutputLocation: "s3://elsewhere/mine/" };
    const free = await athena.run("SELECT 1", { WorkGroup: "free", ResultConfiguration });
    assert.equal(
      free.ResultConfiguration?.OutputLocation,
      `s3://elsewhere/mine/${free.QueryExecutionId}.csv`,
    );
    const enforced = await athena.run("SELECT 1", { ResultConfiguration });
    assert.match(enforced.ResultConfiguration?.OutputLocation ?? "", /^s3:\/\/results\/analysts\//);
  });

  it("takes parameters as SQL, and what is no SQL as text", async () => {
    const typed = (parameter: string) => athena.rows("SELECT ?", { ExecutionParameters: [parameter] });
    assert.deepEqual(await typed("'abc'"), [["abc"]]);
    assert.deepEqual(await typed("1+1"), [["2"]]);
    assert.deepEqual(await typed("DATE '2026-01-01'"), [["2026-01-01"]]);
    assert.deepEqual(await typed("NULL"), [[null]]);
    assert.deepEqual(await typed("abc"), [["abc"]]);
    assert.deepEqual(await typed("it's"), [["it's"]]);
    assert.deepEqual(await typed("6fa459ea-ee8a-3ca4-894e-db77e160355e"), [
      ["6fa459ea-ee8a-3ca4-894e-db77e160355e"],
    ]);
    assert.deepEqual(await typed("'it''s; DROP'"), [["it's; DROP"]]);
    assert.deepEqual(await athena.rows("SELECT 1", { ExecutionParameters: ["2"] }), [["1"]]);
  });

  it("fails without the parameters that it asks for", async () => {
    const { Status } = await athena.run("SELECT ?");
    assert.match(
      Status?.StateChangeReason ?? "",
      /^INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected 1 but found 0$/,
    );
    assert.equal(Status?.AthenaError?.ErrorType, 1006);
  });

  it("can be stopped, once", async () => {
    const id = await athena.start(slow);
    while (
      (await athena.client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))).QueryExecution
        ?.Status?.State === "QUEUED"
    );
    await assert.rejects(
      athena.results(id),
      refusal("INVALID_QUERY_EXECUTION_STATE", "Query has not yet finished. Current state: RUNNING"),
    );
    await athena.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    const { Status } = await athena.finished(id);
    assert.equal(Status?.State, "CANCELLED");
    assert.equal(Status.StateChangeReason, "Query cancelled by user");
    await athena.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    await assert.rejects(athena.results(id), refusal("RESULT_NOT_FOUND", "Could not find results"));
  });

  it("is no one else's when its id is unknown", async () => {
    const QueryExecutionId = "00000000-0000-4000-8000-000000000000";
    const expected = refusal("QUERY_EXECUTION_NOT_FOUND", `QueryExecution ${QueryExecutionId} was not found`);
    await assert.rejects(athena.client.send(new GetQueryExecutionCommand({ QueryExecutionId })), expected);
    await assert.rejects(athena.client.send(new GetQueryResultsCommand({ QueryExecutionId })), expected);
  });

  it("is listed and described together with others", async () => {
    const ids = [await athena.start("SELECT 1"), await athena.start("SELECT 2")];
    await Promise.all(ids.map((id) => athena.finished(id)));
    const { QueryExecutionIds, NextToken } = await athena.client.send(
      new ListQueryExecutionsCommand({ WorkGroup: "analysts", MaxResults: 1 }),
    );
    assert.deepEqual(QueryExecutionIds, [ids[1]]);
    const second = await athena.client.send(
      new ListQueryExecutionsCommand({ WorkGroup: "analysts", MaxResults: 1, NextToken }),
    );
    assert.deepEqual(second.QueryExecutionIds, [ids[0]]);
    const batch = await athena.client.send(
      new BatchGetQueryExecutionCommand({ QueryExecutionIds: [...ids, "unknown"] }),
    );
    assert.deepEqual(
      batch.QueryExecutions?.map(({ Query }) => Query),
      ["SELECT 1", "SELECT 2"],
    );
    assert.deepEqual(
      batch.UnprocessedQueryExecutionIds?.map(({ QueryExecutionId }) => QueryExecutionId),
      ["unknown"],
    );
  });

  it("has a timeline once it is over", async () => {
    const { QueryExecutionId } = await athena.run("SELECT 1");
    const { QueryRuntimeStatistics } = await athena.client.send(
      new GetQueryRuntimeStatisticsCommand({ QueryExecutionId }),
    );
    assert.equal(typeof QueryRuntimeStatistics?.Timeline?.TotalExecutionTimeInMillis, "number");
    assert.equal(QueryRuntimeStatistics?.Rows?.OutputRows, 1);
  });

  it("cannot write, and says so", async () => {
    const { Status } = await athena.run("DROP TABLE visits");
    assert.match(Status?.StateChangeReason ?? "", /^NOT_SUPPORTED: the local Athena does not run DROP TABLE/);
  });

  it("reaches no file but the lake's", async () => {
    for (const sql of [
      "SELECT * FROM read_csv('/etc/passwd')",
      `SELECT * FROM "/etc/passwd"`,
      "SELECT read_text('/etc/passwd')",
    ]) {
      const state = await athena.run(sql).then(
        ({ Status }) => Status?.State,
        (error: Error) => error.name,
      );
      assert.ok(["FAILED", "InvalidRequestException"].includes(state ?? ""), sql);
    }
  });

  it("answers an unknown operation as AWS does", async () => {
    const response = await fetch(athena.athena.endpoint, {
      method: "POST",
      headers: { "x-amz-target": "AmazonAthena.Fly" },
      body: "{}",
    });
    assert.equal(response.status, 400);
    assert.equal(((await response.json()) as { __type: string }).__type, "UnknownOperationException");
  });
});
