import { partsOfS3Url } from "../../../aws/s3-url.ts";
import type { ObjectStore } from "../../lake/object-store.ts";
import type { Statement } from "../../../athena/dialect/parse/statement.ts";
import type { Execution } from "./execution.ts";
import type { History } from "./history.ts";

/** Functions that make a result no other query's (Athena user guide, "Reuse query results": non-deterministic functions). */
const nonDeterministic = new Set([
  "now",
  "current_timestamp",
  "current_date",
  "current_time",
  "localtime",
  "localtimestamp",
  "rand",
  "random",
  "shuffle",
  "uuid",
]);

/**
 * An earlier execution whose result this one may take: byte for byte the same statement, parameters, database and
 * settings, young enough, and its file still there.
 */
export async function findReusable(
  execution: Execution,
  statement: Statement,
  history: History,
  objects: ObjectStore,
): Promise<Execution | undefined> {
  if (callsNonDeterministic(statement)) return undefined;
  const oldest = execution.submitted - (execution.reuseMinutes ?? 0) * 60_000;
  for (const earlier of history.newestFirst()) {
    const fits =
      earlier.state === "SUCCEEDED" &&
      !earlier.reused &&
      earlier.id !== execution.id &&
      earlier.substatementType === "SELECT" &&
      (earlier.completed ?? 0) >= oldest &&
      settingsOf(earlier) === settingsOf(execution);
    if (fits && (await exists(earlier, objects))) return earlier;
  }
  return undefined;
}

function settingsOf({
  query,
  parameters,
  database,
  catalog,
  workgroup,
  outputFolder,
  encryption,
  caller,
}: Execution): string {
  return JSON.stringify([query, parameters, database, catalog, workgroup, outputFolder, encryption, caller]);
}

async function exists({ outputLocation }: Execution, objects: ObjectStore): Promise<boolean> {
  const { bucket, key } = partsOfS3Url(outputLocation);
  return (await objects.list(bucket, key)).some((object) => object.key === key);
}

function callsNonDeterministic(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(callsNonDeterministic);
  if (typeof node !== "object" || node === null) return false;
  const { kind, name } = node as { kind?: unknown; name?: unknown };
  if (kind === "execute") return true;
  if (kind === "call" && typeof name === "string" && nonDeterministic.has(name)) return true;
  return Object.values(node).some(callsNonDeterministic);
}
