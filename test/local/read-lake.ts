import { DuckDBInstance } from "@duckdb/node-api";
import type { ObjectStore } from "../../local/lake/object-store.ts";
import { fixture } from "./fixture-plan.ts";

/** The rows of all Parquet objects under `data/` of a bucket, the fixture's lake if not given, sorted by their first column. */
export async function rowsOf(
  objects: ObjectStore,
  bucket = fixture.lake,
): Promise<Record<string, unknown>[]> {
  const found = await objects.list(bucket, "data/");
  if (found.length === 0) return [];
  const files = found.map(({ path }) => `'${path}'`).join(", ");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const sql = `SELECT * FROM read_parquet([${files}], hive_partitioning = false) ORDER BY 1`;
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
