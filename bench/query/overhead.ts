import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Dataset } from "../../schema/dataset.ts";
import { runQuery } from "../../athena/client/run.ts";
import type { BenchAthena } from "./bench-athena.ts";

export interface Overhead {
  readonly statement: string;
  /** Medians of the same run, in milliseconds. */
  readonly duckdbMilliseconds: number;
  readonly athenaMilliseconds: number;
}

/** Statements that mean the same in Athena and in DuckDB, from a quick one to one of more than a second. */
const statements: { name: string; sql: string }[] = [
  { name: "count", sql: "SELECT count(*) AS n FROM access_log" },
  {
    name: "group by status",
    sql: "SELECT status, count(*) AS n, sum(CAST(bytes AS double)) AS s FROM access_log GROUP BY status ORDER BY status",
  },
  {
    name: "top paths",
    sql: "SELECT path, count(*) AS n FROM access_log GROUP BY path ORDER BY n DESC, path LIMIT 20",
  },
  {
    name: "pairs of requests of one address and day",
    sql: `SELECT count(*) AS n, count(DISTINCT concat(a.path, b.path)) AS pairs
          FROM access_log a JOIN access_log b ON a.remote_addr = b.remote_addr AND a.dt = b.dt
          WHERE a.status <= b.status`,
  },
];

/** Runs each statement in turn through the endpoint and by DuckDB alone over the same files. */
export async function endpointOverhead(
  dataset: Dataset,
  athena: BenchAthena,
  rounds: number,
): Promise<Overhead[]> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const files = join(athena.folder, "lake", athena.bucketOf(dataset), "data/*/*.parquet");
  await connection.run(
    `CREATE VIEW access_log AS SELECT * FROM read_parquet('${files}', hive_partitioning = true, hive_types = {'dt': VARCHAR})`,
  );
  const results: Overhead[] = [];
  for (const { name, sql } of statements) {
    const times = { duckdb: [] as number[], athena: [] as number[] };
    // The first round of each warms up and is not counted.
    for (let round = 0; round <= rounds; round++) {
      const duckdb = await timed(() => connection.runAndReadAll(sql));
      const endpoint = await timed(async () =>
        Array.fromAsync((await runQuery(sql, athena.runOptions(dataset))).arrays()),
      );
      if (round === 0) continue;
      times.duckdb.push(duckdb);
      times.athena.push(endpoint);
    }
    results.push({
      statement: name,
      duckdbMilliseconds: median(times.duckdb),
      athenaMilliseconds: median(times.athena),
    });
  }
  connection.closeSync();
  instance.closeSync();
  return results;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
