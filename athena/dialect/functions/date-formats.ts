import { localTimestampSql } from "../analysis/cast.ts";
import type { Typed } from "../analysis/typed.ts";
import { QueryFailure } from "../parse/syntax-error.ts";
import { quoteString } from "../../sql/quote.ts";
import { checkZone } from "../types/time-zones.ts";
import { define, type BoundCall, type FunctionDefinition, type Produced } from "./definition.ts";
import { fromJodaPattern, fromMySqlPattern } from "./format-patterns.ts";

/** Trino documentation, "Date and time functions": what reads and writes times as text. */
export const dateFormatFunctions: readonly FunctionDefinition[] = [
  define("date_format(timestamp, varchar) -> varchar", (call) => mySqlFormat(call, call.sqls[0] ?? "NULL")),
  define("date_format(instant, varchar) -> varchar", (call) => mySqlFormat(call, local(call))),
  define("date_parse(varchar, varchar) -> timestamp", (call) => {
    const format = fromMySqlPattern(call.text(1), "parse", call.at);
    const time = inDefaultYear(`athena_parse_time(${call.sqls[0]}, ${quoteString(format)})`, format);
    // A timestamp has milliseconds; Joda drops what is finer.
    return format.includes("%f") ? `date_trunc('millisecond', ${time})` : time;
  }),
  define("format_datetime(timestamp, varchar) -> varchar", (call) =>
    jodaFormat(call, call.sqls[0] ?? "NULL"),
  ),
  define("format_datetime(instant, varchar) -> varchar", (call) => jodaFormat(call, local(call))),
  define("parse_datetime(varchar, varchar) -> instant", parseDatetime),
  define("from_iso8601_date(varchar) -> date", "CAST(athena_iso_date_text($1) AS DATE)"),
  define("from_iso8601_timestamp(varchar) -> instant", fromIso8601),
  define("to_iso8601(date) -> varchar", "CAST($1 AS VARCHAR)"),
  define("to_iso8601(timestamp) -> varchar", "strftime($1, '%Y-%m-%dT%H:%M:%S.%g')"),
  define("to_iso8601(instant) -> varchar", (call) => {
    const { type } = call.values[0] as Typed;
    if (type.kind === "timestamp with time zone" && type.zone === "UTC")
      return `strftime(${call.sqls[0]}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
    throw new QueryFailure(
      "NOT_SUPPORTED",
      "the local Athena writes to_iso8601 in UTC only: use AT TIME ZONE 'UTC'",
      call.at,
    );
  }),
];

/** Text without a year: DuckDB takes 1900; Joda 2000 for a month or a day, and 1970 for a time of the day alone. */
function inDefaultYear(time: string, format: string): string {
  if (format.includes("%Y")) return time;
  return `(${time} + to_years(${/%-?[mdbB]/.test(format) ? 100 : 70}))`;
}

function local(call: BoundCall): string {
  const value = call.values[0] as Typed;
  return localTimestampSql({ ...value, sql: call.sqls[0] ?? value.sql }, call.at);
}

function mySqlFormat(call: BoundCall, time: string): string {
  return `strftime(${time}, ${quoteString(fromMySqlPattern(call.text(1), "write", call.at))})`;
}

function jodaFormat(call: BoundCall, time: string): string {
  const { format, hasZone } = fromJodaPattern(call.text(1), "write", call.at);
  if (hasZone)
    throw new QueryFailure(
      "NOT_SUPPORTED",
      "the local Athena does not write zones by format_datetime",
      call.at,
    );
  return `strftime(${time}, ${quoteString(format)})`;
}

/** A pattern without a zone is read in the session's zone; with one, each row has its own. */
function parseDatetime(call: BoundCall): Produced {
  const { format, hasZone } = fromJodaPattern(call.text(1), "parse", call.at);
  const value = call.sqls[0] ?? "NULL";
  if (!hasZone) return { sql: inDefaultYear(`athena_parse_time(${value}, ${quoteString(format)})`, format) };
  const zoned = `athena_parse_time_with_zone(${value}, ${quoteString(format)})`;
  const instantSql = inDefaultYear(zoned, format);
  return { sql: `athena_utc_only(${instantSql}, ${value})`, instantSql };
}

function fromIso8601(call: BoundCall): Produced {
  const value = call.sqls[0] ?? "NULL";
  const text = call.values[0]?.text;
  const offset = text === undefined ? undefined : /T.*?(Z|[+-]\d{2}:?\d{2})$/.exec(text)?.[1];
  if (text === undefined) {
    return {
      sql: `athena_utc_only(athena_iso_instant(${value}), ${value})`,
      instantSql: `athena_iso_instant(${value})`,
    };
  }
  const zone = checkZone(offset ?? "UTC", call.at);
  return { sql: `athena_iso_instant(${value})`, type: { kind: "timestamp with time zone", zone } };
}
