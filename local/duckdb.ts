import type * as DuckDB from "@duckdb/node-api";
import { optional } from "../needs/optional.ts";

/** DuckDB, which writes the emulator's Parquet files and answers its queries. */
export const {
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
} = optional<typeof DuckDB>("@duckdb/node-api", "the emulator");
export type DuckDBDateValue = DuckDB.DuckDBDateValue;
export type DuckDBDecimalValue = DuckDB.DuckDBDecimalValue;
export type DuckDBInstance = DuckDB.DuckDBInstance;
export type DuckDBTimestampValue = DuckDB.DuckDBTimestampValue;
