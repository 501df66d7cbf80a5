import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ObjectStore } from "../../lake/object-store.ts";
import { columnsRead } from "../../../athena/dialect/analysis/scan.ts";
import type { AnalyzedStatement } from "../../../athena/dialect/analysis/analyze.ts";
import { objectsOf, partitionsOf } from "../catalog/partitions.ts";
import type { QueryEngine } from "../engine/duckdb.ts";
import type { ParquetFooters } from "../engine/parquet-footers.ts";
import { prune } from "../engine/partition-pruning.ts";
import { renderSql } from "../../../athena/dialect/render.ts";
import { scanSql, type ScannedObject } from "../engine/scan-sql.ts";
import { quoteName, quoteString } from "../../../athena/sql/quote.ts";
import { resultColumn } from "./column-info.ts";
import type { ResultColumn } from "./execution.ts";

/** What a query reads, known before it runs. */
export interface PlannedQuery {
  /** DuckDB's SQL, each column rendered as text. */
  readonly sql: string;
  readonly columns: readonly ResultColumn[];
  /** The compressed sizes of the column chunks that are read. */
  readonly bytesScanned: number;
  /** The `s3://` URLs of the objects that are read. */
  readonly objects: readonly string[];
}

export interface LakeReader {
  readonly objects: ObjectStore;
  readonly engine: QueryEngine;
  readonly footers: ParquetFooters;
}

/** Finds the objects that a query reads and fills them into its SQL. */
export async function planQuery(
  analyzed: AnalyzedStatement,
  lake: LakeReader,
  now: Date,
): Promise<PlannedQuery> {
  let { sql } = analyzed;
  let bytesScanned = 0;
  const read = new Set<string>();
  for (const scan of analyzed.scans) {
    const partitions = await prune(scan, await partitionsOf(scan.table, lake.objects, now), lake.engine);
    const scanned = await scannedObjects(await objectsOf(partitions, lake.objects), lake.footers);
    const columns = new Set(columnsRead(scan, analyzed.reads));
    const subquery = await scanSql(scan.table, scanned, columns, lake.footers);
    sql = sql.replace(scan.placeholder, () => subquery);
    for (const { object, footer } of scanned) {
      read.add(`s3://${object.bucket}/${object.key}`);
      for (const column of columns) bytesScanned += footer.columns.get(column)?.compressedBytes ?? 0;
    }
  }
  const names = analyzed.columns.map((column, i) => column.name ?? `_col${i}`);
  const rendered = analyzed.columns.map((column, i) => `${renderSql(`result.c${i}`, column.type)} AS c${i}`);
  return {
    sql: `SELECT ${rendered.join(", ")} FROM (${sql}) result`,
    columns: analyzed.columns.map((column, i) => resultColumn(names[i] ?? "", column.type)),
    bytesScanned,
    objects: [...read],
  };
}

async function scannedObjects(
  listed: Awaited<ReturnType<typeof objectsOf>>,
  footers: ParquetFooters,
): Promise<ScannedObject[]> {
  const flat = listed.flatMap(({ partition, objects }) => objects.map((object) => ({ partition, object })));
  const read = await footers.of(flat.map(({ object }) => object));
  return flat.map((item, i) => ({ ...item, footer: read[i] as ScannedObject["footer"] }));
}

/**
 * Runs a planned query and writes its result file: a header, then each value in quotes, NULL as nothing.
 * @returns the number of rows.
 */
export async function writeResult(
  planned: PlannedQuery,
  connection: DuckDBConnection,
  file: string,
): Promise<number> {
  const names = planned.columns.map(({ name }) => name);
  const repeats = new Set(names.map((name) => name.toLowerCase())).size < names.length;
  const columns = repeats ? "*" : names.map((name, i) => `c${i} AS ${quoteName(name)}`).join(", ");
  const copied = await connection.runAndReadAll(
    `COPY (SELECT ${columns} FROM (${planned.sql}) rendered) TO ${quoteString(file)}
     (FORMAT csv, HEADER ${!repeats}, FORCE_QUOTE *, NULLSTR '')`,
  );
  if (repeats) await prepend(csvLine(names), file);
  return Number(copied.getRows()[0]?.[0] ?? 0);
}

/** DuckDB would number columns of the same name; Athena shows them as they are. */
async function prepend(line: string, file: string): Promise<void> {
  const rows = `${file}.rows`;
  await rename(file, rows);
  await writeFile(file, line);
  await pipeline(createReadStream(rows), createWriteStream(file, { flags: "a" }));
  await rm(rows);
}

/** A line of a result file. */
function csvLine(values: readonly (string | null)[]): string {
  return `${values.map((value) => (value === null ? "" : quoteName(value))).join(",")}\n`;
}

/** Writes a text result: one line for each row, no header. */
export async function writeText(lines: readonly string[], file: string): Promise<void> {
  await writeFile(file, lines.map((line) => `${line}\n`).join(""));
}
