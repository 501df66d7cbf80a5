import type { Scan } from "../../../athena/dialect/analysis/scan.ts";
import { candidateRelation } from "../../../athena/dialect/analysis/scan.ts";
import type { Partition } from "../catalog/partitions.ts";
import { QueryFailure } from "../../../athena/dialect/parse/syntax-error.ts";
import { quoteName, quoteString } from "../../../athena/sql/quote.ts";
import { duckdbType } from "../../../athena/dialect/types/trino-type.ts";
import type { QueryEngine } from "./duckdb.ts";

/**
 * The partitions that a scan's predicates leave.
 * @throws {QueryFailure} CONSTRAINT_VIOLATION, when no predicate says the values of an injected column.
 */
export async function prune(
  scan: Scan,
  partitions: readonly Partition[],
  engine: QueryEngine,
): Promise<readonly Partition[]> {
  const { table, partitionPredicates } = scan;
  for (const [column, rule] of table.projection?.columns ?? []) {
    const name = `${candidateRelation}.${quoteName(column)}`;
    const isStatic = (predicate: string) =>
      predicate.includes(`(${name} = `) || predicate.includes(`(${name} IN (`);
    if (rule.injected && !partitionPredicates.some(isStatic)) {
      throw new QueryFailure(
        "CONSTRAINT_VIOLATION",
        `For the injected projected partition column ${column}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.`,
      );
    }
  }
  if (partitionPredicates.length === 0 || partitions.length === 0) return partitions;
  const columns = ["i", ...table.partitionKeys.map((key) => quoteName(key.name))];
  const rows = partitions.map(({ values }, i) => {
    const casts = table.partitionKeys.map(
      (key) => `CAST(${quoteString(values[key.name] ?? "")} AS ${duckdbType(key.type)})`,
    );
    return `(${[i, ...casts].join(", ")})`;
  });
  const kept = await engine.rows(
    `SELECT i FROM (VALUES ${rows.join(", ")}) ${candidateRelation}(${columns.join(", ")}) WHERE ${partitionPredicates.join(" AND ")}`,
  );
  const indexes = new Set(kept.map((row) => Number(row["i"])));
  return partitions.filter((_, i) => indexes.has(i));
}
