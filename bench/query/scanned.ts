import { gzipSync } from "node:zlib";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { duckdbTypeOf } from "../../schema/duckdb-types.ts";
import type { Dataset } from "../../schema/dataset.ts";
import { layoutOf } from "../../schema/layout.ts";
import { ObjectStore } from "../../local/lake/object-store.ts";
import type { MakeGenerator } from "../../schema/sample/generator.ts";
import { generateEvents } from "../../schema/sample/index.ts";
import { executionParametersOf } from "../../athena/named-query/execution-parameters.ts";
import { queriesOf } from "../../athena/named-query/library.ts";
import { runQuery } from "../../athena/client/run.ts";
import type { BenchAthena } from "./bench-athena.ts";

export interface Scanned {
  readonly query: string;
  readonly parquetBytes: number;
  /** What a scan of the same events as GZIP JSON in one folder reads: all of it. */
  readonly jsonBytes: number;
}

const dayMilliseconds = 86_400_000;

/** Writes days of a dataset's events into its table's partitions, an object a day. @returns the same as GZIP JSON, in bytes. */
export async function writeDays(
  dataset: Dataset,
  {
    make,
    days,
    eventsPerDay,
    bucket,
    folder,
  }: { make: MakeGenerator; days: number; eventsPerDay: number; bucket: string; folder: string },
): Promise<number> {
  const objects = new ObjectStore(join(folder, "lake"));
  const layout = layoutOf(dataset);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const today = Math.floor(Date.now() / dayMilliseconds) * dayMilliseconds;
  let jsonBytes = 0;
  for (let day = 1; day <= days; day++) {
    const end = new Date(today - (day - 1) * dayMilliseconds);
    const events = generateEvents(dataset, { count: eventsPerDay, seed: day, until: end, make });
    const text = [...events].map(({ line }) => `${line}\n`).join("");
    jsonBytes += gzipSync(text).length;
    const json = join(folder, "day.ndjson");
    await writeFile(json, text);
    const columns = dataset.columns.map(({ name, type }) => `'${name}': '${duckdbTypeOf(type)}'`).join(", ");
    const selected = dataset.columns.map(({ name, columnName }) => `"${name}" AS "${columnName}"`).join(", ");
    const file = await objects.temporaryFile();
    await connection.run(
      `COPY (SELECT ${selected} FROM read_json('${json}', format = 'newline_delimited', columns = {${columns}}))
       TO '${file}' (FORMAT parquet, COMPRESSION snappy)`,
    );
    const partition = layout.partitionOf(new Date(end.getTime() - dayMilliseconds / 2));
    await objects.adopt(bucket, `${layout.dataFolder}dt=${partition}/day.parquet`, file);
  }
  connection.closeSync();
  instance.closeSync();
  return jsonBytes;
}

/** What each named query scans for the day before today. */
export async function scannedByNamedQueries(
  dataset: Dataset,
  jsonBytes: number,
  athena: BenchAthena,
): Promise<Scanned[]> {
  const yesterday = new Date(Date.now() - dayMilliseconds);
  const day = layoutOf(dataset).partitionOf(yesterday);
  const results: Scanned[] = [];
  for (const query of queriesOf(dataset)) {
    // The predicate of one partition; a period begins a little earlier, for events that waited in the buffer.
    const [, ...rest] = executionParametersOf(query, { period: "yesterday" }, { dataset });
    const { status } = await runQuery(query.sql, {
      ...athena.runOptions(dataset),
      executionParameters: [`'${day}'`, `'${day}'`, ...rest.slice(1)],
    });
    results.push({ query: query.name, parquetBytes: status.bytesScanned ?? 0, jsonBytes });
  }
  return results;
}
