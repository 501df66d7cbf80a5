import assert from "node:assert/strict";
import fc from "fast-check";
import { parseStatement } from "../../../athena/dialect/parse/parse-statement.ts";
import { QueryFailure, StatementSyntaxError } from "../../../athena/dialect/parse/syntax-error.ts";

describe("the grammar of Athena SQL", () => {
  const valid = [
    "SELECT 1;",
    "-- a comment\nSELECT /* another */ 1",
    "SELECT ((SELECT 1) + 1)",
    "SELECT * FROM ((SELECT 1) AS a JOIN (SELECT 2) AS b ON true)",
    "SELECT a.b.c[1].d FROM t",
    "SELECT count(DISTINCT x) FILTER (WHERE y) OVER (PARTITION BY z ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t",
    "SELECT x FROM t GROUP BY GROUPING SETS ((x), ())",
    "SELECT CAST(x AS ROW(a integer, b ARRAY(varchar(3)))) FROM t",
    "SELECT date, time, year, user_agent AS value FROM t",
    "SELECT x FROM t ORDER BY x OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY",
    "WITH a (x) AS (VALUES 1) (SELECT x FROM a) UNION ALL (SELECT 2) ORDER BY 1",
    "SHOW TABLES IN `shop` 'v*'",
    "DESCRIBE FORMATTED shop.visits",
    "EXECUTE top_pages USING DATE '2026-01-01', 'x'",
  ];
  for (const sql of valid) it(`takes ${JSON.stringify(sql)}`, () => assert.ok(parseStatement(sql)));

  const invalid: [sql: string, message: string][] = [
    ["", "line 1:1: mismatched input '<EOF>'"],
    ["SELECT", "line 1:7: mismatched input '<EOF>'"],
    ["SELECT a b c", "line 1:12: mismatched input 'c'"],
    ["SELECT 1\nFORM t x", "line 2:6: mismatched input 't'"],
    ["SELECT 1; SELECT 2", "line 1:11: mismatched input 'SELECT'"],
    ["SELECT 'open", "line 1:8: mismatched input '''"],
    ["SELECT x::int FROM t", "line 1:9: mismatched input ':'"],
    ["SELECT * EXCLUDE (a) FROM t", "line 1:10: mismatched input 'EXCLUDE'"],
    ["FROM t SELECT 1", "line 1:1: mismatched input 'FROM'"],
    ["SELECT 1x", "line 1:8: identifiers must not start with a digit"],
    ["SELECT a FROM t JOIN u", "line 1:23: mismatched input '<EOF>'"],
    ["SELECT CASE END", "line 1:13: mismatched input 'END'"],
    ["SELECT x NOT 1", "line 1:14: mismatched input '1'"],
  ];
  for (const [sql, message] of invalid) {
    it(`refuses ${JSON.stringify(sql)}`, () => {
      assert.throws(
        () => parseStatement(sql),
        (error) => error instanceof StatementSyntaxError && error.message.startsWith(message),
      );
    });
  }

  for (const sql of [
    "SELECT * FROM t TABLESAMPLE BERNOULLI (10)",
    "WITH RECURSIVE a AS (SELECT 1) SELECT * FROM a",
    "EXPLAIN ANALYZE SELECT 1",
  ]) {
    it(`knows ${sql} and does not run it`, () => assert.throws(() => parseStatement(sql), QueryFailure));
  }

  it("ends on any text with a statement or an error of its own", () => {
    const words =
      "SELECT FROM WHERE ( ) , . * 1 'a' \"b\" x AND OR NOT IN CASE WHEN END -> [ ] = ? OVER GROUP BY ROW ARRAY".split(
        " ",
      );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 20 }), (parts) => {
        try {
          parseStatement(parts.join(" "));
        } catch (error) {
          assert.ok(error instanceof StatementSyntaxError || error instanceof QueryFailure);
        }
      }),
    );
  });

  it("keeps every string as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const statement = parseStatement(`SELECT '${text.replaceAll("'", "''")}'`);
        assert.ok(statement.kind === "select" && statement.query.body.kind === "select");
        const value = statement.query.body.items[0]?.expression;
        assert.deepEqual(value?.kind === "string" && value.value, text);
      }),
    );
  });
});
