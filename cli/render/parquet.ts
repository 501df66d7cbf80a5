import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { ResultColumn } from "../../athena/client/values.ts";
import { quoteName, quoteString } from "../../athena/sql/quote.ts";
import type { Answer } from "./answer.ts";

/** DuckDB's type for a column of Athena's; what is not listed (arrays, maps, rows, times) stays text as Athena wrote it. */
const duckdbTypes: Readonly<Record<string, string>> = {
  tinyint: "TINYINT",
  smallint: "SMALLINT",
  integer: "INTEGER",
  int: "INTEGER",
  bigint: "BIGINT",
  float: "FLOAT",
  real: "FLOAT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  timestamp: "TIMESTAMP",
};

/** Rows are kept on disk until the file is written, so memory stays flat. */
const rowsPerFlush = 50_000;

/** Writes the answer as a Parquet file, SNAPPY inside. @returns how many rows it has. */
export async function writeParquet({ columns, rows }: Answer, file: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-parquet-"));
  const instance = await DuckDBInstance.create(join(folder, "rows.db"));
  try {
    const connection = await instance.connect();
    const named = columns.map(({ key }) => quoteName(key));
    await connection.run(`CREATE TABLE texts (${named.map((name) => `${name} VARCHAR`).join(", ")})`);
    const appender = await connection.createAppender("texts");
    let count = 0;
    for await (const row of rows) {
      for (const value of row) {
        if (value === null) appender.appendNull();
        else appender.appendVarchar(String(value));
      }
      appender.endRow();
      if (++count % rowsPerFlush === 0) appender.flushSync();
    }
    appender.closeSync();
    const casts = columns.map(
      (column, index) => `CAST(${named[index]} AS ${typeOf(column)}) AS ${named[index]}`,
    );
    await connection.run(
      `COPY (SELECT ${casts.join(", ")} FROM texts) TO ${quoteString(file)} (FORMAT parquet, COMPRESSION snappy)`,
    );
    connection.closeSync();
    return count;
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

function typeOf({ type }: ResultColumn): string {
  return duckdbTypes[type] ?? "VARCHAR";
}
