import type { CatalogTable } from "../catalog.ts";

/** One reading of a table by a query. A table that is named twice is read twice, as by Athena. */
export interface Scan {
  readonly id: number;
  readonly table: CatalogTable;
  /** Stands in the query's SQL for the subquery that reads the table's objects. */
  readonly placeholder: string;
  /** Predicates that every needed row satisfies, over the partition columns of `candidate`. */
  readonly partitionPredicates: string[];
}

/** The name of the relation of candidate partitions in partition predicates. */
export const candidateRelation = "candidate";

/** The hidden column of every table: the URL of the object in which a row lies. */
export const pathColumn = "$path";

export function readOf(scan: Scan, column: string): string {
  return `${scan.id}:${column}`;
}

/** The columns of a scan that a query reads, in the table's order, the hidden one last. */
export function columnsRead(scan: Scan, reads: ReadonlySet<string>): string[] {
  const names = [...scan.table.columns.map((column) => column.name), pathColumn];
  return names.filter((name) => reads.has(readOf(scan, name)));
}
