import { QueryFailure } from "../parse/syntax-error.ts";
import type { QueryBody } from "../parse/syntax-tree.ts";
import { commonType } from "../types/common-type.ts";
import { convert } from "../types/convert.ts";
import { displayType } from "../types/trino-type.ts";
import { columnSql, type Analysis, type AnalyzedQuery } from "./analysis.ts";
import { union } from "./typed.ts";

/** UNION, INTERSECT and EXCEPT: column by column, both sides take their common type. */
export function analyzeSetOperation(
  { operator, all, at }: Extract<QueryBody, { kind: "setOperation" }>,
  left: AnalyzedQuery,
  right: AnalyzedQuery,
  analysis: Analysis,
): AnalyzedQuery {
  if (left.columns.length !== right.columns.length) {
    const problem = `${operator} query has different number of fields: ${left.columns.length}, ${right.columns.length}`;
    throw new QueryFailure("TYPE_MISMATCH", problem, at);
  }
  const types = left.columns.map((column, i) => {
    const other = right.columns[i]?.type ?? column.type;
    const type = commonType(column.type, other);
    if (type) return type;
    const problem = `column ${i + 1} in ${operator} query has incompatible types: ${displayType(column.type)}, ${displayType(other)}`;
    throw new QueryFailure("TYPE_MISMATCH", problem, at);
  });
  const side = (query: AnalyzedQuery) => {
    const alias = analysis.alias();
    const columns = query.columns.map((column, i) => {
      return `${convert(columnSql(alias, i), column.type, types[i] ?? column.type)} AS c${i}`;
    });
    return `SELECT ${columns.join(", ")} FROM (${query.sql}) ${alias}`;
  };
  const keepsRows = operator === "UNION" && all;
  const columns = left.columns.map((column, i) => {
    const other = right.columns[i];
    return {
      ...(column.name !== undefined && { name: column.name }),
      type: types[i] ?? column.type,
      reads: union([column.reads, other?.reads ?? new Set()]),
      partitionOf: [...column.partitionOf, ...(other?.partitionOf ?? [])],
    };
  });
  return {
    sql: `(${side(left)}) ${operator}${all ? " ALL" : ""} (${side(right)})`,
    columns,
    reads: union([left.reads, right.reads, ...(keepsRows ? [] : columns.map((column) => column.reads))]),
  };
}
