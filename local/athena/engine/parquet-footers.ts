import type { StoredObject } from "../../lake/object-store.ts";
import { quoteName, quoteString } from "../../../athena/sql/quote.ts";
import type { QueryEngine } from "./duckdb.ts";

/** What the footer of one Parquet object says. */
export interface ParquetFooter {
  /** By column name in lower case. */
  readonly columns: ReadonlyMap<string, ParquetColumn>;
  /** The same for objects with the same columns. */
  readonly signature: string;
}

export interface ParquetColumn {
  /** As the file writes it. */
  readonly name: string;
  /** DuckDB's type. */
  readonly type: string;
  /** Of all its column chunks. */
  readonly compressedBytes: number;
}

/** Reads footers once: an object never changes, and a new object of the same name has another time or size. */
export class ParquetFooters {
  readonly #engine: QueryEngine;
  readonly #footers = new Map<string, ParquetFooter>();
  readonly #types = new Map<string, ReadonlyMap<string, string>>();
  readonly #finerThanMilliseconds = new Map<string, boolean>();

  constructor(engine: QueryEngine) {
    this.#engine = engine;
  }

  /** The footers of objects, in their order. @throws {Error} of DuckDB, when one is no Parquet. */
  async of(objects: readonly StoredObject[]): Promise<ParquetFooter[]> {
    const unknown = objects.filter((object) => !this.#footers.has(keyOf(object)));
    if (unknown.length > 0) await this.#read(unknown);
    return objects.map((object) => this.#footers.get(keyOf(object)) as ParquetFooter);
  }

  /** Whether a timestamp column of an object holds parts of milliseconds, which Athena rounds away. */
  async isFinerThanMilliseconds(object: StoredObject, column: ParquetColumn): Promise<boolean> {
    const key = `${keyOf(object)} ${column.name}`;
    let finer = this.#finerThanMilliseconds.get(key);
    if (finer === undefined) {
      const [row] = await this.#engine.rows(
        `SELECT coalesce(bool_or(epoch_ns(${quoteName(column.name)}) % 1000000 <> 0), false) AS finer FROM read_parquet(${quoteString(object.path)})`,
      );
      finer = row?.["finer"] === true;
      this.#finerThanMilliseconds.set(key, finer);
    }
    return finer;
  }

  async #read(objects: readonly StoredObject[]): Promise<void> {
    const list = `[${objects.map((object) => quoteString(object.path)).join(", ")}]`;
    const sizes = await this.#engine.rows(
      `SELECT file_name, split_part(path_in_schema, ', ', 1) AS name, sum(total_compressed_size) AS bytes
       FROM parquet_metadata(${list}) GROUP BY ALL`,
    );
    const signatures = await this.#engine.rows(
      `SELECT file_name, md5(string_agg(concat_ws('|', name, type, num_children, converted_type, logical_type, repetition_type), ';')) AS signature
       FROM parquet_schema(${list}) GROUP BY file_name`,
    );
    const bytesByFile = Map.groupBy(sizes, (row) => String(row["file_name"]));
    const signatureByFile = new Map(
      signatures.map((row) => [String(row["file_name"]), String(row["signature"])]),
    );
    for (const object of objects) {
      const signature = signatureByFile.get(object.path) ?? "";
      const bytes = new Map(
        (bytesByFile.get(object.path) ?? []).map((row) => [String(row["name"]), Number(row["bytes"])]),
      );
      const columns = new Map<string, ParquetColumn>();
      for (const [name, type] of await this.#typesOf(signature, object)) {
        columns.set(name.toLowerCase(), { name, type, compressedBytes: bytes.get(name) ?? 0 });
      }
      this.#footers.set(keyOf(object), { columns, signature });
    }
  }

  async #typesOf(signature: string, object: StoredObject): Promise<ReadonlyMap<string, string>> {
    let types = this.#types.get(signature);
    if (!types) {
      const rows = await this.#engine.rows(
        `DESCRIBE SELECT * FROM read_parquet(${quoteString(object.path)}, hive_partitioning = false)`,
      );
      types = new Map(rows.map((row) => [String(row["column_name"]), String(row["column_type"])]));
      this.#types.set(signature, types);
    }
    return types;
  }
}

function keyOf(object: StoredObject): string {
  return `${object.path} ${object.sizeBytes} ${object.lastModified.getTime()}`;
}
