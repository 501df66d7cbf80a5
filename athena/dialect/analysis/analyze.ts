import type { Query } from "../parse/syntax-tree.ts";
import { Analysis, type AnalysisOptions, type AnalyzedQuery } from "./analysis.ts";
import { analyzeExpression } from "./expression.ts";
import { analyzeQuery } from "./query.ts";
import type { Scan } from "./scan.ts";
import { emptyScope } from "./scope.ts";
import { sortSql } from "./sort.ts";
import { union } from "./typed.ts";

/** A statement's query, ready to be run by DuckDB once its scans are filled in. */
export interface AnalyzedStatement extends AnalyzedQuery {
  readonly scans: readonly Scan[];
}

/**
 * Analyzes a query as Trino does and translates it into DuckDB's SQL.
 * @throws {QueryFailure} when Trino would refuse it, or when DuckDB would give another answer than Trino.
 */
export function analyzeStatement(query: Query, options: AnalysisOptions): AnalyzedStatement {
  const analysis = new Analysis(
    {
      expression: analyzeExpression,
      query: analyzeQuery,
      sortItems: (items, scope, self) => sortSql(items, (expression) => self.expression(expression, scope)),
    },
    options,
  );
  const analyzed = analysis.query(query, emptyScope);
  return {
    ...analyzed,
    reads: union([analyzed.reads, ...analyzed.columns.map((column) => column.reads)]),
    scans: analysis.scans,
  };
}
