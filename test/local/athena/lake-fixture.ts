import type { RunningAthena } from "./running-athena.ts";

/** Six visits on three days. */
export async function writeVisits(athena: RunningAthena, bucket = "lake"): Promise<void> {
  const visit = (time: string, path: string, status: number, bytes: number | "NULL") =>
    `SELECT TIMESTAMP '${time}' AS time, '${path}' AS path, CAST(${status} AS INTEGER) AS status,
       CAST(${bytes} AS BIGINT) AS bytes, CAST(0.25 AS DOUBLE) AS seconds, false AS bot, ['x', 'y'] AS tags,
       MAP {'host': 'example.com'} AS headers, {'os': 'linux', 'version': CAST(6 AS INTEGER)} AS device,
       CAST(1.5 AS DECIMAL(10,2)) AS price, DATE '2000-02-29' AS birthday`;
  const days: Record<string, string[]> = {
    "2026-01-01": [
      visit("2026-01-01 10:00:00", "/a", 200, 100),
      visit("2026-01-01 11:00:00", "/c", 301, "NULL"),
    ],
    "2026-01-02": [visit("2026-01-02 10:00:00", "/a", 200, 50), visit("2026-01-02 12:00:00", "/b", 404, 10)],
    "2026-01-03": [
      visit("2026-01-03 00:00:00", "/a", 200, 70),
      visit("2026-01-03 23:59:59.999", "/b", 500, 30),
    ],
  };
  for (const [day, rows] of Object.entries(days)) {
    await athena.write(bucket, `visits/dt=${day}/part-1.parquet`, rows.join(" UNION ALL "));
  }
}
