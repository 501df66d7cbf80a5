import assert from "node:assert/strict";
import {
  BatchGetNamedQueryCommand,
  CreateNamedQueryCommand,
  CreatePreparedStatementCommand,
  DeleteNamedQueryCommand,
  DeletePreparedStatementCommand,
  GetNamedQueryCommand,
  GetPreparedStatementCommand,
  ListNamedQueriesCommand,
  ListPreparedStatementsCommand,
  ResourceNotFoundException,
  UpdateNamedQueryCommand,
  UpdatePreparedStatementCommand,
} from "@aws-sdk/client-athena";
import { database, planOf, resource, workgroup } from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

const plan = planOf(
  database,
  workgroup("analysts"),
  workgroup("others"),
  resource("aws:athena/namedQuery:NamedQuery", "double", {
    name: "double",
    description: "Twice a number.",
    database: "shop",
    workgroup: "analysts",
    query: "SELECT 2 * ?",
  }),
  resource("aws:athena/preparedStatement:PreparedStatement", "double", {
    name: "double",
    workgroup: "analysts",
    queryStatement: "SELECT 2 * ?",
  }),
);

describe("statements that Athena keeps", () => {
  let athena: RunningAthena;

  before(async () => {
    athena = await RunningAthena.start(plan);
  });
  after(() => athena[Symbol.asyncDispose]());

  const listed = async () =>
    (await athena.client.send(new ListNamedQueriesCommand({ WorkGroup: "analysts" }))).NamedQueryIds ?? [];

  it("are the plan's named queries, with the same id after a restart", async () => {
    const [id = ""] = await listed();
    const { NamedQuery } = await athena.client.send(new GetNamedQueryCommand({ NamedQueryId: id }));
    assert.deepEqual(NamedQuery, {
      NamedQueryId: id,
      Name: "double",
      Description: "Twice a number.",
      Database: "shop",
      QueryString: "SELECT 2 * ?",
      WorkGroup: "analysts",
    });
    await athena.restart(plan);
    assert.deepEqual(await listed(), [id]);
  });

  it("are those that clients make, change and delete, across restarts", async () => {
    const { NamedQueryId } = await athena.client.send(
      new CreateNamedQueryCommand({
        Name: "mine",
        Database: "shop",
        QueryString: "SELECT 1",
        WorkGroup: "analysts",
      }),
    );
    await athena.restart(plan);
    await athena.client.send(
      new UpdateNamedQueryCommand({ NamedQueryId, Name: "ours", QueryString: "SELECT 2" }),
    );
    const batch = await athena.client.send(
      new BatchGetNamedQueryCommand({ NamedQueryIds: [NamedQueryId ?? "", "unknown"] }),
    );
    assert.deepEqual(
      batch.NamedQueries?.map(({ Name, QueryString }) => [Name, QueryString]),
      [["ours", "SELECT 2"]],
    );
    assert.deepEqual(
      batch.UnprocessedNamedQueryIds?.map(({ ErrorCode }) => ErrorCode),
      ["NAMED_QUERY_NOT_FOUND"],
    );
    await athena.client.send(new DeleteNamedQueryCommand({ NamedQueryId }));
    await assert.rejects(athena.client.send(new GetNamedQueryCommand({ NamedQueryId })), /was not found/);
  });

  it("run by EXECUTE, with values in the statement or beside it", async () => {
    assert.deepEqual(await athena.rows("EXECUTE double USING 21"), [["42"]]);
    assert.deepEqual(await athena.rows("EXECUTE double", { ExecutionParameters: ["21"] }), [["42"]]);
    await assert.rejects(athena.rows("EXECUTE double USING 1, 2"), /INVALID_PARAMETER_USAGE/);
    await assert.rejects(athena.rows("EXECUTE double"), /INVALID_PARAMETER_USAGE/);
    await assert.rejects(
      athena.rows("EXECUTE double USING 1", { WorkGroup: "others" }),
      /PreparedStatement double was not found/,
    );
  });

  it("are made and forgotten by SQL", async () => {
    await athena.rows("PREPARE timesThree FROM SELECT 3 * ?");
    assert.deepEqual(await athena.rows("EXECUTE timesThree USING 2"), [["6"]]);
    await athena.rows("DEALLOCATE PREPARE timesThree");
    await assert.rejects(athena.rows("EXECUTE timesThree USING 2"), /was not found/);
  });

  it("are prepared statements that clients make, change and delete", async () => {
    const key = { StatementName: "four_times", WorkGroup: "analysts" };
    await athena.client.send(new CreatePreparedStatementCommand({ ...key, QueryStatement: "SELECT 4" }));
    await athena.client.send(new UpdatePreparedStatementCommand({ ...key, QueryStatement: "SELECT 4 * ?" }));
    const { PreparedStatement } = await athena.client.send(new GetPreparedStatementCommand(key));
    assert.equal(PreparedStatement?.QueryStatement, "SELECT 4 * ?");
    const list = await athena.client.send(new ListPreparedStatementsCommand({ WorkGroup: "analysts" }));
    assert.deepEqual(list.PreparedStatements?.map(({ StatementName }) => StatementName).sort(), [
      "double",
      "four_times",
    ]);
    await athena.client.send(new DeletePreparedStatementCommand(key));
    await assert.rejects(athena.client.send(new GetPreparedStatementCommand(key)), ResourceNotFoundException);
    const bad = { ...key, StatementName: "four-times", QueryStatement: "SELECT 4" };
    await assert.rejects(
      athena.client.send(new CreatePreparedStatementCommand(bad)),
      /statementName must match/,
    );
  });
});
