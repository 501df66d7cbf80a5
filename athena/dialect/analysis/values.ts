import { QueryFailure } from "../parse/syntax-error.ts";
import type { QueryBody } from "../parse/syntax-tree.ts";
import { commonType } from "../types/common-type.ts";
import { convert } from "../types/convert.ts";
import { displayType, type TrinoType } from "../types/trino-type.ts";
import { columnSql, type Analysis, type AnalyzedQuery } from "./analysis.ts";
import type { Scope } from "./scope.ts";
import { union } from "./typed.ts";

/** VALUES (1, 'a'), (2, 'b'): the columns take the types that all rows share. */
export function analyzeValues(
  body: Extract<QueryBody, { kind: "values" }>,
  scope: Scope,
  analysis: Analysis,
): AnalyzedQuery {
  const inner: Scope = { fields: [], parent: scope };
  const rows = body.rows.map((row) => {
    return (row.kind === "row" ? row.items : [row]).map((item) => analysis.expression(item, inner));
  });
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width)) {
    throw new QueryFailure("TYPE_MISMATCH", "Values rows have mismatched sizes", body.at);
  }
  const types = Array.from({ length: width }, (_, i) => {
    return rows.reduce<TrinoType>(
      (type, row) => {
        const item = row[i]?.type ?? type;
        const wider = commonType(type, item);
        if (wider) return wider;
        const problem = `Values rows have mismatched types: ${displayType(type)} vs ${displayType(item)}`;
        throw new QueryFailure("TYPE_MISMATCH", problem, body.at);
      },
      { kind: "unknown" },
    );
  });
  const sqls = rows.map((row) => {
    return `(${row.map((item, i) => convert(item.sql, item.type, types[i] as TrinoType)).join(", ")})`;
  });
  const alias = analysis.alias();
  const names = types.map((_, i) => `c${i}`).join(", ");
  return {
    sql: `SELECT ${types.map((_, i) => `${columnSql(alias, i)} AS c${i}`).join(", ")} FROM (VALUES ${sqls.join(", ")}) ${alias}(${names})`,
    columns: types.map((type) => ({ type, reads: new Set<string>(), partitionOf: [] })),
    reads: union(rows.flat().map((item) => item.reads)),
  };
}
