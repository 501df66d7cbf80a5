import assert from "node:assert/strict";
import { runQuery } from "../../../athena/client/run.ts";
import { collected } from "../../queries/collected.ts";
import { execution, fakeAthena, resultPage, type Script } from "./fake-athena.ts";

function script(
  pages: Record<string, unknown>[],
  end: Record<string, unknown> = execution("SUCCEEDED"),
): Script {
  return {
    StartQueryExecution: [{ QueryExecutionId: "q-1" }],
    GetQueryExecution: [end],
    GetQueryResults: ({ NextToken }) => pages[Number(NextToken ?? 0)] as never,
  };
}

describe("the answer of a query", () => {
  it("is read page by page, as its rows are asked for; only the first page has a header", async () => {
    const columns: [string, string][] = [["word", "varchar"]];
    await using athena = await fakeAthena(
      script([
        resultPage(columns, [["word"], ["a"]], "1"),
        resultPage(columns, [["word"], ["b"]], "2"),
        resultPage(columns, [["c"]]),
      ]),
    );
    const result = await runQuery("SELECT", { client: athena.client, workgroup: "w" });
    const rows = result[Symbol.asyncIterator]();
    assert.deepEqual((await rows.next()).value, { word: "a" });
    assert.equal(athena.count("GetQueryResults"), 1);
    assert.deepEqual((await rows.next()).value, { word: "word" });
    assert.equal(athena.count("GetQueryResults"), 2);
    assert.deepEqual(await collected(rows), [{ word: "b" }, { word: "c" }]);
    assert.deepEqual(await collected(result.arrays()), [["a"], ["word"], ["b"], ["c"]]);
  });

  it("has values by the types of its columns", async () => {
    const columns: [string, string][] = [
      ["i", "integer"],
      ["b", "bigint"],
      ["d", "double"],
      ["m", "decimal"],
      ["t", "timestamp"],
      ["f", "boolean"],
    ];
    await using athena = await fakeAthena(
      script([
        resultPage(columns, [
          columns.map(([name]) => name),
          ["-7", "9007199254740993", "1.0E20", "1.10", "2026-11-20 10:00:00.000", "true"],
          ["0", "9007199254740991", "NaN", "0", "", "false"],
        ]),
      ]),
    );
    const result = await runQuery("SELECT", { client: athena.client, workgroup: "w" });
    assert.deepEqual(await collected(result.arrays()), [
      [-7, 9007199254740993n, 1e20, "1.10", "2026-11-20 10:00:00.000", true],
      [0, 9007199254740991, NaN, "0", "", false],
    ]);
  });

  it("keeps NULL and the empty string apart", async () => {
    const columns: [string, string][] = [
      ["a", "varchar"],
      ["b", "varchar"],
    ];
    await using athena = await fakeAthena(
      script([
        resultPage(columns, [
          ["a", "b"],
          ["", null],
        ]),
      ]),
    );
    const result = await runQuery("SELECT", { client: athena.client, workgroup: "w" });
    assert.deepEqual(await collected(result), [{ a: "", b: null }]);
  });

  it("loses no column when two have one name", async () => {
    const columns: [string, string][] = [
      ["x", "integer"],
      ["x", "integer"],
      ["x_2", "integer"],
    ];
    await using athena = await fakeAthena(
      script([
        resultPage(columns, [
          ["x", "x", "x_2"],
          ["1", "2", "3"],
        ]),
      ]),
    );
    const result = await runQuery("SELECT", { client: athena.client, workgroup: "w" });
    assert.deepEqual(await collected(result), [{ x: 1, x_2: 2, x_2_2: 3 }]);
  });

  it("has no header row where Athena writes none: SHOW, DESCRIBE, DDL", async () => {
    await using athena = await fakeAthena(
      script(
        [resultPage([["tab_name", "string"]], [["tab_name"], ["clickstream"]])],
        execution("SUCCEEDED", { StatementType: "UTILITY" }),
      ),
    );
    const result = await runQuery("SHOW TABLES", { client: athena.client, workgroup: "w" });
    assert.deepEqual(await collected(result.arrays()), [["tab_name"], ["clickstream"]]);
  });

  it("is no longer read when the caller says so", async () => {
    const abort = new AbortController();
    const columns: [string, string][] = [["n", "integer"]];
    await using athena = await fakeAthena(script([resultPage(columns, [["n"], ["1"]], "0")]));
    const result = await runQuery("SELECT", { client: athena.client, workgroup: "w", signal: abort.signal });
    await assert.rejects(
      async () => {
        for await (const row of result) if (row) abort.abort(new Error("enough"));
      },
      { message: "enough" },
    );
    assert.equal(athena.count("GetQueryResults"), 1);
  });
});
