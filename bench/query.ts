import { accessLog } from "../datasets/access-log.ts";
import make from "../fixtures/access-log.ts";
import { BenchAthena } from "./query/bench-athena.ts";
import { endpointOverhead } from "./query/overhead.ts";
import { scannedByNamedQueries, writeDays } from "./query/scanned.ts";

const days = 30;
const eventsPerDay = 20_000;

/**
 * What the local Athena adds to DuckDB, and what pruning and columns are worth. Goals: under 30 ms a query, under 1.2 times on
 * queries above a second; 20 times fewer bytes scanned than of GZIP JSON in one folder.
 */
export async function benchQuery(print: (line: string) => void): Promise<void> {
  await using athena = await BenchAthena.start();
  const jsonBytes = await writeDays(accessLog, {
    make,
    days,
    eventsPerDay,
    bucket: athena.bucketOf(accessLog),
    folder: athena.folder,
  });

  print(
    `Bytes scanned for one day of ${days} (${days * eventsPerDay} events of ${accessLog.name}); goal 20 times fewer`,
  );
  print(
    `  ${"query".padEnd(24)} ${"GZIP JSON".padStart(12)} ${"Parquet".padStart(12)} ${"times".padStart(8)}`,
  );
  for (const { query, parquetBytes, jsonBytes: json } of await scannedByNamedQueries(
    accessLog,
    jsonBytes,
    athena,
  )) {
    print(
      `  ${query.padEnd(24)} ${String(json).padStart(12)} ${String(parquetBytes).padStart(12)} ${(json / parquetBytes).toFixed(1).padStart(8)}`,
    );
  }

  print(
    "Time of a query through the endpoint and by DuckDB alone over the same files, median in milliseconds",
  );
  print(
    `  ${"statement".padEnd(40)} ${"DuckDB".padStart(8)} ${"endpoint".padStart(8)} ${"more".padStart(8)} ${"times".padStart(8)}`,
  );
  for (const { statement, duckdbMilliseconds, athenaMilliseconds } of await endpointOverhead(
    accessLog,
    athena,
    7,
  )) {
    const more = athenaMilliseconds - duckdbMilliseconds;
    print(
      `  ${statement.padEnd(40)} ${duckdbMilliseconds.toFixed(1).padStart(8)} ${athenaMilliseconds.toFixed(1).padStart(8)} ` +
        `${more.toFixed(1).padStart(8)} ${(athenaMilliseconds / duckdbMilliseconds).toFixed(2).padStart(8)}`,
    );
  }
}

if (import.meta.main) await benchQuery((line) => console.log(line));
