import { define, type BoundCall, type FunctionDefinition } from "./definition.ts";

/** The clock stands still while a query runs, as Trino's does. The session's time zone is UTC, as Athena's. */
export const clockFunctions: readonly FunctionDefinition[] = [
  define("now() -> instant", startedAt),
  define("current_timestamp() -> instant", startedAt),
  define("localtimestamp() -> timestamp", startedAt),
  define("current_date() -> date", (call) => `CAST(${startedAt(call)} AS DATE)`),
  define("current_timezone() -> varchar", "'UTC'"),
  define("uuid() -> varchar", "CAST(uuid() AS VARCHAR)"),
];

function startedAt(call: BoundCall): string {
  return `TIMESTAMP '${call.startedAt.toISOString().replace("T", " ").replace("Z", "")}'`;
}
