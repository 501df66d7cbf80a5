import {
  DuckDBDataChunk,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from "@duckdb/node-api";
import { quoteName, quoteString } from "../../athena/sql/quote.ts";
import { duckdbTypeOf } from "../../schema/duckdb-types.ts";
import type { TableColumn } from "./row-converter.ts";

/** The codecs of Firehose's Parquet serializer: there is no ZSTD (aws-semantics 1.4). */
export type ParquetCodec = "SNAPPY" | "GZIP" | "UNCOMPRESSED";

/** Rows that DuckDB takes at once: its vector size. */
const rowsPerChunk = 2048;

/** Rows that gather in a DuckDB table until they are written as one Parquet file. */
export class ParquetTable {
  readonly #connection: DuckDBConnection;
  readonly #name: string;
  readonly #columns: readonly TableColumn[];
  #appender: DuckDBAppender | undefined;
  #types: DuckDBType[] = [];
  #rows: DuckDBValue[][] = [];
  #rowCount = 0;

  /** @param name of a table that nobody else uses on the connection's database. */
  constructor(connection: DuckDBConnection, name: string, columns: readonly TableColumn[]) {
    this.#connection = connection;
    this.#name = name;
    this.#columns = columns;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Empties the table. To be called before the first row. */
  async clear(): Promise<void> {
    this.#appender?.closeSync();
    const columns = this.#columns.map(({ name, type }) => `${quoteName(name)} ${duckdbTypeOf(type)}`);
    await this.#connection.run(`CREATE OR REPLACE TABLE ${quoteName(this.#name)} (${columns.join(", ")})`);
    const appender = await this.#connection.createAppender(this.#name);
    this.#appender = appender;
    this.#types = Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index));
    this.#rows = [];
    this.#rowCount = 0;
  }

  add(row: DuckDBValue[]): void {
    this.#rows.push(row);
    this.#rowCount++;
    if (this.#rows.length === rowsPerChunk) this.#appendRows();
  }

  /** Writes all rows, in the order in which they were added. It may be repeated. */
  async writeTo(path: string, codec: ParquetCodec): Promise<void> {
    this.#appendRows();
    this.#appender?.flushSync();
    await this.#connection.run(
      `COPY ${quoteName(this.#name)} TO ${quoteString(path)} (FORMAT parquet, COMPRESSION ${codec.toLowerCase()})`,
    );
  }

  #appendRows(): void {
    if (this.#rows.length === 0) return;
    const chunk = DuckDBDataChunk.create(this.#types);
    chunk.setRows(this.#rows);
    this.#appender?.appendDataChunk(chunk);
    this.#rows = [];
  }
}
