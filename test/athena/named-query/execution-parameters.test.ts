import assert from "node:assert/strict";
import { accessLog } from "../../../datasets/access-log.ts";
import { clickstream } from "../../../datasets/clickstream.ts";
import type { Parameter } from "../../../athena/named-query/named-query.ts";
import type { ParameterError } from "../../../athena/named-query/execution-parameters.ts";
import { executionParametersOf } from "../../../athena/named-query/execution-parameters.ts";

const now = new Date("2026-11-20T23:30:00Z");
const parameters: Parameter[] = [
  { name: "period", type: "period", default: "last 2 days", description: "" },
  { name: "word", type: "string", default: "", description: "" },
  { name: "limit", type: "int", description: "" },
  { name: "share", type: "double", default: "0.5", description: "" },
  { name: "day", type: "date", default: "today", description: "" },
  { name: "since", type: "timestamp", default: "2026-01-01 00:00", description: "" },
];
const query = { name: "example", parameters };

describe("the placeholders of a query", () => {
  it("are literals of their types, in the order of the header; a period gives two", () => {
    assert.deepEqual(executionParametersOf(query, { limit: 5 }, { dataset: accessLog, now }), [
      "'2026-11-18'",
      "'2026-11-20'",
      "''",
      "5",
      "5E-1",
      "DATE '2026-11-20'",
      "TIMESTAMP '2026-01-01 00:00:00.000'",
    ]);
  });

  it("have the partitions and the days of the dataset's zone", () => {
    const [first, last, , , , day] = executionParametersOf(
      query,
      { limit: 5 },
      { dataset: clickstream, now },
    );
    // An object lies where its oldest event arrived, up to 15 minutes before: hence the hour before midnight.
    assert.deepEqual([first, last, day], ["'2026-11-19-23'", "'2026-11-21-00'", "DATE '2026-11-21'"]);
  });

  it("keep what a user typed as that very string", () => {
    for (const word of ["now()", "NULL", "it's", "1+1", "' OR 1=1 --", " x "]) {
      const literals = executionParametersOf(query, { limit: 5, word }, { dataset: accessLog, now });
      assert.equal(literals[2], `'${word.replaceAll("'", "''")}'`);
    }
  });

  it("are refused with every mistake named", () => {
    assert.throws(
      () =>
        executionParametersOf(
          query,
          { colour: "red", period: "soon", day: "tomorrow", word: "x".repeat(1023) },
          { dataset: accessLog, now },
        ),
      (error: ParameterError) => {
        assert.equal(error.problems.length, 5);
        assert.match(error.problems[0] ?? "", /no parameter "colour"\. There are period, word, limit/);
        assert.match(error.problems[1] ?? "", /"period" \(period\) "soon": write "last 7 days"/);
        assert.match(error.problems[2] ?? "", /"word" \(string\).*1024 characters/);
        assert.match(error.problems[3] ?? "", /"limit" \(int\) needs a value/);
        assert.match(error.problems[4] ?? "", /"day" \(date\) "tomorrow": write a day/);
        return true;
      },
    );
  });
});
