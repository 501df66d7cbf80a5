import { fails, rows, type ConformanceCase } from "./case.ts";

const numbered = "(VALUES (1, 'a'), (2, 'a'), (3, 'b')) AS t(x, y)";

/** Trino documentation: SELECT, aggregate and window functions. */
export const queries: readonly ConformanceCase[] = [
  rows(`SELECT y, count(*), sum(x) FROM ${numbered} GROUP BY y ORDER BY y`, ["a", "2", "3"], ["b", "1", "3"]),
  rows(`SELECT y, max(x) FROM ${numbered} GROUP BY 1 HAVING max(x) > 2`, ["b", "3"]),
  rows(
    `SELECT upper(y) AS z, count(*) FROM ${numbered} GROUP BY upper(y) ORDER BY z DESC`,
    ["B", "1"],
    ["A", "2"],
  ),
  rows(`SELECT DISTINCT y FROM ${numbered} ORDER BY y`, ["a"], ["b"]),
  rows(`SELECT count(DISTINCT y), approx_distinct(y) FROM ${numbered}`, ["2", "2"]),
  rows(`SELECT max_by(y, x), min_by(y, x) FROM ${numbered}`, ["b", "a"]),
  rows("SELECT max_by(x, y) FROM (VALUES (NULL, 3), (1, 2)) AS t(x, y)", [null]),
  rows(`SELECT max(x, 2), min(x, 2) FROM ${numbered}`, ["[3, 2]", "[1, 2]"]),
  rows(`SELECT bool_and(x > 0), bool_or(x > 2), every(x > 1) FROM ${numbered}`, ["true", "true", "false"]),
  rows(`SELECT histogram(y) FROM ${numbered}`, ["{a=2, b=1}"]),
  rows("SELECT map_agg(x, y) FROM (VALUES ('a', 1), ('b', 2)) AS t(x, y)", ["{a=1, b=2}"]),
  rows(`SELECT array_agg(x) FILTER (WHERE y = 'a') FROM ${numbered}`, ["[1, 2]"]),
  rows("SELECT array_agg(x) FROM (VALUES 1, NULL) AS t(x)", ["[1, null]"]),
  rows(`SELECT approx_percentile(x, 0.5), approx_percentile(cast(x AS double), 0.5) FROM ${numbered}`, [
    "2",
    "2.0",
  ]),
  rows(`SELECT approx_percentile(x, ARRAY[0.5, 0.99]) FROM ${numbered}`, ["[2, 3]"]),
  rows(`SELECT stddev_pop(x), var_pop(x), round(stddev(x), 3) FROM ${numbered}`, [
    "0.816496580927726",
    "0.6666666666666666",
    "1.0",
  ]),
  rows(`SELECT corr(x, 1e0 * x), covar_pop(x, 1e0 * x), regr_slope(x, 1e0 * x) FROM ${numbered}`, [
    "1.0",
    "0.6666666666666666",
    "1.0",
  ]),
  rows(`SELECT round(geometric_mean(x), 6) FROM ${numbered}`, ["1.817121"]),
  rows("SELECT count(*), count(x), sum(x), avg(x), max(x) FROM (VALUES 1) AS t(x) WHERE x > 5", [
    "0",
    "0",
    null,
    null,
    null,
  ]),
  rows("SELECT sum(x), avg(x), max(x) FROM (VALUES real '1.5', real '2.25') AS t(x)", [
    "3.75",
    "1.875",
    "2.25",
  ]),
  rows("SELECT sum(x) FROM (VALUES decimal '1.10', decimal '2.20') AS t(x)", ["3.30"]),
  rows("SELECT avg(x), typeof(avg(x)) FROM (VALUES decimal '1.00', decimal '1.01', NULL) AS t(x)", [
    "1.01",
    "decimal(3,2)",
  ]),
  rows("SELECT avg(x) FROM (VALUES decimal '-1.00', decimal '-1.01') AS t(x)", ["-1.01"]),
  rows("SELECT avg(x) FROM (VALUES decimal '10', decimal '11') AS t(x)", ["11"]),
  rows("SELECT avg(DISTINCT x) FROM (VALUES decimal '0.2', decimal '0.2', decimal '0.4') AS t(x)", ["0.3"]),
  rows("SELECT avg(x) FILTER (WHERE x > 9) FROM (VALUES decimal '1.5') AS t(x)", [null]),
  rows(
    "SELECT x, avg(x) OVER (ORDER BY x) FROM (VALUES decimal '0.1', decimal '0.4') AS t(x) ORDER BY x",
    ["0.1", "0.1"],
    ["0.4", "0.3"],
  ),
  rows("SELECT typeof(corr(x, x)), typeof(geometric_mean(x)) FROM (VALUES cast(1.5 AS real)) AS t(x)", [
    "real",
    "real",
  ]),
  rows("SELECT max(dt), min(dt) FROM visits", ["2026-01-03", "2026-01-01"]),
  rows("SELECT count(*) FROM visits WHERE dt = (SELECT max(dt) FROM visits)", ["2"]),
  rows(`SELECT "$path", count(*) FROM visits GROUP BY 1 ORDER BY 1 LIMIT 1`, [
    "s3://lake/visits/dt=2026-01-01/part-1.parquet",
    "2",
  ]),
  rows(
    `SELECT DISTINCT v."$path" FROM visits v CROSS JOIN UNNEST(tags) AS u(t) WHERE v."$path" LIKE '%01-02%'`,
    ["s3://lake/visits/dt=2026-01-02/part-1.parquet"],
  ),
  fails(`SELECT "$path" FROM (SELECT * FROM visits)`, "COLUMN_NOT_FOUND"),
  fails(`SELECT a."$path", "$path" FROM visits a JOIN visits b ON a.dt = b.dt`, "AMBIGUOUS_NAME"),
  fails("SELECT table_name FROM information_schema.tables", "NOT_SUPPORTED"),
  fails(`SELECT x, count(*) FROM ${numbered} GROUP BY y`, "EXPRESSION_NOT_AGGREGATE"),
  fails(`SELECT x FROM ${numbered} WHERE count(*) > 1`, "EXPRESSION_NOT_AGGREGATE"),
  fails(`SELECT nothing FROM ${numbered}`, "COLUMN_NOT_FOUND"),
  fails("SELECT * FROM nothing", "TABLE_NOT_FOUND"),
  fails("SELECT * FROM nowhere.nothing", "SCHEMA_NOT_FOUND"),
  fails("SELECT x FROM (VALUES 1) AS a(x), (VALUES 2) AS b(x)", "AMBIGUOUS_NAME"),

  rows(
    "SELECT y, grouping(y), count(*) FROM (VALUES 'a', 'b') AS t(y) GROUP BY CUBE (y) ORDER BY 2, 1",
    ["a", "0", "1"],
    ["b", "0", "1"],
    [null, "1", "2"],
  ),
  rows(
    `SELECT y, x, count(*) FROM ${numbered} GROUP BY GROUPING SETS ((y), (x)) ORDER BY y, x`,
    ["a", null, "2"],
    ["b", null, "1"],
    [null, "1", "1"],
    [null, "2", "1"],
    [null, "3", "1"],
  ),

  rows(
    `SELECT x, row_number() OVER (PARTITION BY y ORDER BY x DESC) FROM ${numbered} ORDER BY x`,
    ["1", "2"],
    ["2", "1"],
    ["3", "1"],
  ),
  rows(
    `SELECT x, lag(x) OVER (ORDER BY x), lead(x, 1, 0) OVER (ORDER BY x) FROM ${numbered} ORDER BY x`,
    ["1", null, "2"],
    ["2", "1", "3"],
    ["3", "2", "0"],
  ),
  rows(
    `SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM ${numbered} ORDER BY x`,
    ["1", "1"],
    ["2", "3"],
    ["3", "5"],
  ),
  rows(
    `SELECT x, rank() OVER w, dense_rank() OVER w FROM ${numbered} WINDOW w AS (ORDER BY y) ORDER BY x`,
    ["1", "1", "1"],
    ["2", "1", "1"],
    ["3", "3", "2"],
  ),
  rows(
    `SELECT x, first_value(x) OVER (ORDER BY x DESC), ntile(3) OVER (ORDER BY x) FROM ${numbered} ORDER BY x`,
    ["1", "3", "1"],
    ["2", "3", "2"],
    ["3", "3", "3"],
  ),
  rows(
    "SELECT x, last_value(x) IGNORE NULLS OVER (ORDER BY i) FROM (VALUES (1, 5), (2, NULL)) AS t(i, x) ORDER BY i",
    ["5", "5"],
    [null, "5"],
  ),
  rows(`SELECT y, sum(count(*)) OVER () FROM ${numbered} GROUP BY y ORDER BY y`, ["a", "3"], ["b", "3"]),
  fails("SELECT row_number()", "FUNCTION_NOT_FOUND"),

  rows("WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT x, y FROM a CROSS JOIN b", [
    "1",
    "2",
  ]),
  rows("WITH a(z) AS (SELECT 1) SELECT z FROM a", ["1"]),
  rows(
    "SELECT a.x, b.y FROM (VALUES 1, 2) AS a(x) LEFT JOIN (VALUES (1, 'one')) AS b(x, y) ON a.x = b.x ORDER BY 1",
    ["1", "one"],
    ["2", null],
  ),
  rows("SELECT x, y, z FROM (VALUES (1, 'a')) AS a(x, y) JOIN (VALUES (1, 'b')) AS b(x, z) USING (x)", [
    "1",
    "a",
    "b",
  ]),
  rows("SELECT x FROM (VALUES 1) AS a(x) FULL JOIN (VALUES 2) AS b(x) USING (x) ORDER BY x", ["1"], ["2"]),
  rows(
    "SELECT x FROM (VALUES 1, 2, 3) AS t(x) WHERE x IN (SELECT y FROM (VALUES 2, 3) AS u(y)) ORDER BY x",
    ["2"],
    ["3"],
  ),
  rows("SELECT x FROM (VALUES 1, 2) AS t(x) WHERE EXISTS (SELECT 1 FROM (VALUES 2) AS u(y) WHERE y = x)", [
    "2",
  ]),
  rows(
    "SELECT x, (SELECT count(*) FROM (VALUES 1, 1) AS u(y) WHERE y = x) FROM (VALUES 1, 2) AS t(x) ORDER BY x",
    ["1", "2"],
    ["2", "0"],
  ),
  fails("SELECT (SELECT x FROM (VALUES 1, 2) AS t(x))", "SUBQUERY_MULTIPLE_ROWS"),
  rows("SELECT 2 > ALL (VALUES 1, 0), 2 = ANY (VALUES 1, 2)", ["true", "true"]),
  rows("SELECT 1 AS x UNION SELECT 1 UNION ALL SELECT 2 ORDER BY x", ["1"], ["2"]),
  rows("SELECT 1 INTERSECT SELECT 1", ["1"]),
  rows("SELECT x FROM (VALUES 1, 2) AS t(x) EXCEPT SELECT 2", ["1"]),
  rows("SELECT 1 UNION ALL SELECT 2.5e0 ORDER BY 1", ["1.0"], ["2.5"]),
  rows("VALUES (1, 'a'), (2, NULL) ORDER BY 1", ["1", "a"], ["2", null]),
  rows("SELECT t.* FROM (VALUES (1, 2)) AS t(a, b)", ["1", "2"]),
  rows("SELECT x FROM (VALUES 3, 1, 2) AS t(x) ORDER BY -x FETCH FIRST 2 ROWS ONLY", ["3"], ["2"]),
  rows('SELECT "select" FROM (VALUES 1) AS t("select")', ["1"]),
  rows(
    "SELECT l.y FROM (VALUES 1, 2) AS t(x) CROSS JOIN LATERAL (SELECT x * 10 AS y) AS l ORDER BY 1",
    ["10"],
    ["20"],
  ),
  rows("TABLE visits ORDER BY time LIMIT 0"),

  rows("SELECT path, status FROM visits WHERE dt = '2026-01-02' AND status >= 400 ORDER BY path", [
    "/b",
    "404",
  ]),
  rows(
    "SELECT device.os, headers['host'], tags[1], price, birthday FROM visits WHERE path = '/a' AND dt = '2026-01-01'",
    ["linux", "example.com", "x", "1.50", "2000-02-29"],
  ),
];
