import assert from "node:assert/strict";
import { clickstream } from "../../../datasets/clickstream.ts";
import { ownQuery } from "../../helpers/own-query.ts";
import {
  QueryCancelledError,
  QueryFailedError,
  QueryInterruptedError,
  QueryRefusedError,
  QueryTimeoutError,
  ScanLimitError,
} from "../../../athena/client/errors.ts";
import { runNamedQuery } from "../../../athena/client/run-named.ts";
import { runQuery } from "../../../athena/client/run.ts";
import { collected } from "../../queries/collected.ts";
import { execution, fakeAthena, tableMetadata, refusal, resultPage, type Script } from "./fake-athena.ts";

const started = { QueryExecutionId: "q-1" };
const onePage = resultPage([["n", "integer"]], [["n"], ["7"]]);
const happy: Script = {
  StartQueryExecution: [started],
  GetQueryExecution: [execution("SUCCEEDED", { bytes: 5 })],
  GetQueryResults: [onePage],
  StopQueryExecution: [{}],
};

describe("running a query", () => {
  it("starts it in the workgroup and database, with its parameters, and waits through its states", async () => {
    await using athena = await fakeAthena({
      ...happy,
      GetQueryExecution: [execution("QUEUED"), execution("RUNNING", { bytes: 1 }), execution("SUCCEEDED")],
    });
    const states: string[] = [];
    const result = await runQuery("SELECT ?", {
      client: athena.client,
      workgroup: "analysts",
      database: "shop",
      executionParameters: ["'x'"],
      onStatus: ({ state }) => states.push(state),
    });
    assert.deepEqual(states, ["QUEUED", "RUNNING", "SUCCEEDED"]);
    assert.equal(result.status.queryExecutionId, "q-1");
    const { ClientRequestToken, ...input } = athena.calls[0]?.[1] ?? {};
    assert.equal(typeof ClientRequestToken, "string");
    assert.deepEqual(input, {
      QueryString: "SELECT ?",
      WorkGroup: "analysts",
      QueryExecutionContext: { Database: "shop" },
      ExecutionParameters: ["'x'"],
    });
  });

  it("asks for an earlier answer only when told to", async () => {
    await using athena = await fakeAthena({
      ...happy,
      GetQueryExecution: [
        {
          QueryExecution: {
            QueryExecutionId: "q-1",
            Status: { State: "SUCCEEDED" },
            Statistics: { ResultReuseInformation: { ReusedPreviousResult: true } },
          },
        },
      ],
    });
    const result = await runQuery("SELECT 1", { client: athena.client, workgroup: "w", reuseMinutes: 60 });
    assert.deepEqual(athena.calls[0]?.[1]["ResultReuseConfiguration"], {
      ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 60 },
    });
    assert.equal(result.status.reused, true);
  });

  it("goes on when a call is throttled or the connection breaks, and starts the query once", async () => {
    await using athena = await fakeAthena({
      ...happy,
      StartQueryExecution: [refusal("TooManyRequestsException", "Rate exceeded"), "cut", started],
      GetQueryExecution: [
        refusal("ThrottlingException", "Rate exceeded"),
        { httpStatus: 500, body: { __type: "InternalServerException" } },
        execution("SUCCEEDED"),
      ],
    });
    await runQuery("SELECT 1", { client: athena.client, workgroup: "w" });
    const tokens = athena.calls
      .filter(([operation]) => operation === "StartQueryExecution")
      .map(([, input]) => input["ClientRequestToken"]);
    assert.equal(tokens.length, 3);
    assert.equal(new Set(tokens).size, 1);
  });

  const ends: [string, unknown, new (...all: never[]) => Error, number, RegExp][] = [
    [
      "FAILED",
      execution("FAILED", { reason: "COLUMN_NOT_FOUND: line 1:8" }),
      QueryFailedError,
      1,
      /q-1 failed: COLUMN_NOT_FOUND: line 1:8\nCorrect the statement/,
    ],
    [
      "FAILED for a passing reason",
      execution("FAILED", { reason: "INTERNAL_ERROR", retryable: true }),
      QueryFailedError,
      1,
      /trying again may help/,
    ],
    [
      "CANCELLED",
      execution("CANCELLED", { reason: "Query cancelled by user", bytes: 1234 }),
      QueryCancelledError,
      3,
      /was cancelled: Query cancelled by user\nIt scanned 1,234 bytes, which are billed/,
    ],
    [
      "CANCELLED before it began",
      execution("CANCELLED", { reason: "Query cancelled by user", bytes: 0 }),
      QueryCancelledError,
      3,
      /\nIt scanned nothing\. Run it again/,
    ],
    [
      "CANCELLED at the cutoff",
      execution("CANCELLED", { reason: "Bytes scanned limit was exceeded", bytes: 20_000_000 }),
      ScanLimitError,
      4,
      /limit of bytes scanned\.\nIt scanned 20,000,000 bytes.*bytesScannedCutoffPerQuery/,
    ],
  ];
  for (const [name, last, kind, exitCode, message] of ends) {
    it(`ends with its own error and exit code when it is ${name}`, async () => {
      await using athena = await fakeAthena({ ...happy, GetQueryExecution: [last as never] });
      await assert.rejects(runQuery("SELECT 1", { client: athena.client, workgroup: "w" }), (error) => {
        assert.ok(error instanceof kind);
        assert.match(error.message, message);
        assert.equal((error as QueryFailedError).exitCode, exitCode);
        return true;
      });
    });
  }

  it("is refused, at no cost, when the statement does not parse", async () => {
    await using athena = await fakeAthena({
      StartQueryExecution: [refusal("InvalidRequestException", "line 1:1: mismatched input 'SELEC'")],
    });
    await assert.rejects(runQuery("SELEC", { client: athena.client, workgroup: "w" }), (error) => {
      assert.ok(error instanceof QueryRefusedError);
      assert.match(error.message, /refused the query: line 1:1.*\nCorrect/);
      return true;
    });
    assert.equal(athena.count("StartQueryExecution"), 1);
  });

  it("is refused for another reason, such as an unknown workgroup, without blaming the statement", async () => {
    await using athena = await fakeAthena({
      StartQueryExecution: [
        {
          httpStatus: 400,
          body: {
            __type: "InvalidRequestException",
            Message: "WorkGroup is not found.",
            AthenaErrorCode: "INVALID_INPUT",
          },
        },
      ],
    });
    await assert.rejects(runQuery("SELECT 1", { client: athena.client, workgroup: "w" }), {
      message:
        "Athena refused the query: WorkGroup is not found.\nNothing was started, and nothing is billed.",
    });
  });

  it("passes on what is no matter of the statement, such as a missing permission", async () => {
    await using athena = await fakeAthena({
      StartQueryExecution: [refusal("AccessDeniedException", "not authorized")],
    });
    await assert.rejects(runQuery("SELECT 1", { client: athena.client, workgroup: "w" }), {
      name: "AccessDeniedException",
    });
  });

  it("is stopped on the server when its time is over", async () => {
    let stopped = false;
    await using athena = await fakeAthena({
      ...happy,
      GetQueryExecution: () =>
        execution(stopped ? "CANCELLED" : "RUNNING", { bytes: stopped ? 99 : undefined }),
      StopQueryExecution: () => {
        stopped = true;
        return {};
      },
    });
    await assert.rejects(
      runQuery("SELECT 1", { client: athena.client, workgroup: "w", timeoutSeconds: 0.05 }),
      (error) => {
        assert.ok(error instanceof QueryTimeoutError);
        assert.equal(error.exitCode, 124);
        assert.match(error.message, /stopped after 0\.05 s\.\nIt scanned 99 bytes/);
        return true;
      },
    );
    assert.equal(athena.count("StopQueryExecution"), 1);
  });

  it("is stopped on the server when the caller says so, though it was just starting", async () => {
    const abort = new AbortController();
    let stopped = false;
    await using athena = await fakeAthena({
      ...happy,
      StartQueryExecution: () => {
        abort.abort();
        return started;
      },
      GetQueryExecution: () => execution(stopped ? "CANCELLED" : "RUNNING"),
      StopQueryExecution: () => {
        stopped = true;
        return {};
      },
    });
    await assert.rejects(
      runQuery("SELECT 1", { client: athena.client, workgroup: "w", signal: abort.signal }),
      (error) => {
        assert.ok(error instanceof QueryInterruptedError);
        assert.equal(error.exitCode, 130);
        assert.match(error.message, /stopped on the server\. It may have scanned bytes/);
        return true;
      },
    );
  });

  it("starts nothing when the caller gave up before", async () => {
    await using athena = await fakeAthena(happy);
    const options = { client: athena.client, workgroup: "w", signal: AbortSignal.abort() };
    await assert.rejects(runQuery("SELECT 1", options), { name: "AbortError" });
    assert.deepEqual(athena.calls, []);
  });
});

describe("running a named query", () => {
  it("sends its text and its parameters as literals", async () => {
    await using athena = await fakeAthena(happy);
    const rows = await runNamedQuery(
      ownQuery("clickstream/conversion_funnel"),
      { period: "2026-11-01" },
      { client: athena.client, workgroup: "w", database: "d", dataset: clickstream },
    );
    assert.deepEqual(await collected(rows), [{ n: 7 }]);
    const [, input] = athena.calls[0] ?? [];
    assert.match(String(input?.["QueryString"]), /^-- name: conversion_funnel/);
    assert.deepEqual(input?.["ExecutionParameters"], ["'2026-10-31-23'", "'2026-11-01-23'"]);
  });

  it("sends nothing when a parameter is wrong", async () => {
    await using athena = await fakeAthena(happy);
    const options = { client: athena.client, workgroup: "w", dataset: clickstream };
    await assert.rejects(
      runNamedQuery(ownQuery("clickstream/top_pages"), { limit: "many" }, options),
      /whole number/,
    );
    assert.deepEqual(athena.calls, []);
  });

  it("takes a name for what is deployed under it, over the dataset that the table carries", async () => {
    const { sql } = ownQuery("clickstream/conversion_funnel");
    await using athena = await fakeAthena({
      ...happy,
      GetPreparedStatement: [{ PreparedStatement: { StatementName: "funnel", QueryStatement: sql } }],
      ListTableMetadata: [{ TableMetadataList: [tableMetadata(clickstream)] }],
    });
    const options = { client: athena.client, workgroup: "w", database: "d" };
    await collected(await runNamedQuery("funnel", { period: "2026-11-01" }, options));
    const [, input] = athena.calls.find(([operation]) => operation === "StartQueryExecution") ?? [];
    assert.deepEqual(input?.["ExecutionParameters"], ["'2026-10-31-23'", "'2026-11-01-23'"]);
  });

  it("says which names there are, when none is deployed under the one given", async () => {
    await using athena = await fakeAthena({
      GetPreparedStatement: () => refusal("ResourceNotFoundException", "no such statement"),
      ListNamedQueries: [{ NamedQueryIds: ["1"] }],
      BatchGetNamedQuery: [{ NamedQueries: [{ Name: "per_day", QueryString: "SELECT 1" }] }],
    });
    await assert.rejects(runNamedQuery("per_week", {}, { client: athena.client, workgroup: "w" }), {
      message: 'no query "per_week" in the workgroup "w". There are per_day.',
    });
  });
});
