import type { StoredObject } from "../../lake/object-store.ts";
import type { CatalogColumn, CatalogTable } from "../../../athena/dialect/catalog.ts";
import { pathColumn } from "../../../athena/dialect/analysis/scan.ts";
import type { Partition } from "../catalog/partitions.ts";
import { QueryFailure } from "../../../athena/dialect/parse/syntax-error.ts";
import { quoteName, quoteString } from "../../../athena/sql/quote.ts";
import { duckdbType, varchar, type TrinoType } from "../../../athena/dialect/types/trino-type.ts";
import type { ParquetColumn, ParquetFooter, ParquetFooters } from "./parquet-footers.ts";

/** An object of a partition, with its footer. */
export interface ScannedObject {
  readonly object: StoredObject;
  readonly partition: Partition;
  readonly footer: ParquetFooter;
}

/**
 * The subquery that reads a table: its columns are c0, c1, ... in the table's order, then partition columns, then
 * `"$path"`. Columns that `columnsRead` leaves out, and columns that an object has not, are NULL.
 * @throws {QueryFailure} HIVE_BAD_DATA, when an object's column has another type than the table's.
 */
export async function scanSql(
  table: CatalogTable,
  scanned: readonly ScannedObject[],
  columnsRead: ReadonlySet<string>,
  footers: ParquetFooters,
): Promise<string> {
  const all = [...table.columns, ...table.partitionKeys];
  if (scanned.length === 0) {
    const types = [...all.map((column) => column.type), varchar];
    return `(SELECT ${types.map((type, i) => `${nullOf(type)} AS c${i}`).join(", ")} WHERE false)`;
  }
  const groups = [...Map.groupBy(scanned, ({ footer }) => footer.signature).values()];
  const sqls = await Promise.all(groups.map((group) => groupSql(table, group, columnsRead, footers)));
  return `(${sqls.join(" UNION ALL ")})`;
}

async function groupSql(
  table: CatalogTable,
  group: readonly ScannedObject[],
  columnsRead: ReadonlySet<string>,
  footers: ParquetFooters,
): Promise<string> {
  const { footer } = group[0] as ScannedObject;
  const hive = hasHivePaths(group);
  const items: string[] = [];
  for (const column of table.columns) {
    const stored = footer.columns.get(column.name);
    if (!stored || !columnsRead.has(column.name)) items.push(nullOf(column.type));
    else items.push(await columnSql(table, column, stored, group, footers));
  }
  for (const key of table.partitionKeys) items.push(partitionSql(key, group, hive));
  const showsPath = columnsRead.has(pathColumn);
  items.push(
    showsPath ? byFile(group, ({ object }) => `s3://${object.bucket}/${object.key}`) : nullOf(varchar),
  );
  const files = `[${group.map(({ object }) => quoteString(object.path)).join(", ")}]`;
  const partitioned = table.partitionKeys.length > 0;
  const options = [
    `hive_partitioning = ${partitioned && hive}`,
    ...(partitioned && hive ? ["hive_types_autocast = false"] : []),
    ...((partitioned && !hive) || showsPath ? ["filename = 'object file'"] : []),
  ];
  const select = items.map((item, i) => `${item} AS c${i}`).join(", ");
  return `SELECT ${select} FROM read_parquet(${files}, ${options.join(", ")})`;
}

function nullOf(type: TrinoType): string {
  return `CAST(NULL AS ${duckdbType(type)})`;
}

/** Numbers that Hive reads as wider ones. */
const widenings: Readonly<Record<string, readonly string[]>> = {
  SMALLINT: ["TINYINT"],
  INTEGER: ["TINYINT", "SMALLINT"],
  BIGINT: ["TINYINT", "SMALLINT", "INTEGER"],
  DOUBLE: ["FLOAT"],
};

async function columnSql(
  table: CatalogTable,
  column: CatalogColumn,
  stored: ParquetColumn,
  group: readonly ScannedObject[],
  footers: ParquetFooters,
): Promise<string> {
  const name = quoteName(stored.name);
  const wanted = duckdbType(column.type);
  const got = stored.type;
  if (column.type.kind === "timestamp" && /^TIMESTAMP/.test(got)) {
    const plain =
      got === "TIMESTAMP WITH TIME ZONE"
        ? `timezone('UTC', ${name})`
        : got === "TIMESTAMP"
          ? name
          : `CAST(${name} AS TIMESTAMP)`;
    for (const { object } of group) {
      if (await footers.isFinerThanMilliseconds(object, stored))
        return `athena_round_to_milliseconds(${plain})`;
    }
    return plain;
  }
  if (sameDuckdbType(got, wanted)) return name;
  if (widenings[wanted]?.includes(got)) return `CAST(${name} AS ${wanted})`;
  const nested = ["array", "map", "row"].includes(column.type.kind);
  if (nested && got.split(/[([]/)[0] === wanted.split(/[([]/)[0]) return `CAST(${name} AS ${wanted})`;
  throw new QueryFailure(
    "HIVE_BAD_DATA",
    `Field ${column.name}'s type ${got} in parquet file ${group[0]?.object.key} is incompatible with type ` +
      `${column.hiveType} defined in table schema of ${table.name}`,
  );
}

function sameDuckdbType(a: string, b: string): boolean {
  const plain = (type: string) => type.replaceAll('"', "").replaceAll(/\s+/g, " ").toLowerCase();
  return plain(a) === plain(b);
}

/** Whether every object lies in folders `column=value` that DuckDB reads the same way: no value needs decoding. */
function hasHivePaths(group: readonly ScannedObject[]): boolean {
  return group.every(({ object, partition }) =>
    Object.entries(partition.values).every(
      ([column, value]) => /^[\w.-]+$/.test(value) && object.path.includes(`/${column}=${value}/`),
    ),
  );
}

function partitionSql(key: CatalogColumn, group: readonly ScannedObject[], hive: boolean): string {
  const type = duckdbType(key.type);
  // As a bare column, DuckDB 1.5.5 fails on `max(dt)`: it looks for the file's statistics of a column that no file has.
  const text = `(${quoteName(key.name)} || '')`;
  if (hive) return key.type.kind === "varchar" ? text : `CAST(${text} AS ${type})`;
  return `CAST(${byFile(group, ({ partition }) => partition.values[key.name] ?? "")} AS ${type})`;
}

/** A text that each object has. */
function byFile(group: readonly ScannedObject[], textOf: (scanned: ScannedObject) => string): string {
  const files = group.map(({ object }) => quoteString(object.path));
  const values = group.map((scanned) => quoteString(textOf(scanned)));
  // DuckDB 1.5.5 also fails on a filter by the name of an only file.
  if (values.length === 1) return values[0] ?? "NULL";
  return `map_extract_value(map([${files.join(", ")}], [${values.join(", ")}]), "object file")`;
}
