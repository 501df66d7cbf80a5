import { localTimestampSql } from "../analysis/cast.ts";
import type { Typed } from "../analysis/typed.ts";
import { QueryFailure } from "../parse/syntax-error.ts";
import { checkZone, instantOfWallClockSql } from "../types/time-zones.ts";
import type { TrinoType } from "../types/trino-type.ts";
import { define, type BoundCall, type FunctionDefinition, type Produced } from "./definition.ts";

const units = ["millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"];

/** DuckDB's part and Trino's functions for it. Days of the week count from Monday, 1. */
const parts: Readonly<Record<string, readonly string[]>> = {
  year: ["year"],
  quarter: ["quarter"],
  month: ["month"],
  week: ["week", "week_of_year"],
  day: ["day", "day_of_month"],
  isodow: ["day_of_week", "dow"],
  dayofyear: ["day_of_year", "doy"],
  isoyear: ["year_of_week", "yow"],
};

/** Trino documentation, "Date and time functions and operators". */
export const dateFunctions: readonly FunctionDefinition[] = [
  ...Object.entries(parts).flatMap(([part, names]) =>
    names.flatMap((name) => [
      define(`${name}(date) -> bigint`, `date_part('${part}', $1)`),
      define(`${name}(timestamp) -> bigint`, `date_part('${part}', $1)`),
      define(`${name}(instant) -> bigint`, (call) => `date_part('${part}', ${local(call, 0)})`),
    ]),
  ),
  ...["hour", "minute", "second"].flatMap((name) => [
    define(`${name}(timestamp) -> bigint`, `date_part('${name}', $1)`),
    define(`${name}(instant) -> bigint`, (call) => `date_part('${name}', ${local(call, 0)})`),
  ]),
  define("millisecond(timestamp) -> bigint", "(date_part('millisecond', $1) % 1000)"),
  define("millisecond(instant) -> bigint", "(date_part('millisecond', $1) % 1000)"),

  define("at_timezone(instant, varchar) -> instant", atTimeZone),
  define("with_timezone(timestamp, varchar) -> instant", (call) => {
    const zone = checkZone(call.text(1), call.at);
    return instantIn(instantOfWallClockSql(call.sqls[0] ?? "NULL", zone), zone);
  }),
  define("date(varchar) -> date", "CAST(athena_date_text($1) AS DATE)"),
  define("date(timestamp) -> date", "CAST($1 AS DATE)"),
  define("date(instant) -> date", (call) => `CAST(${local(call, 0)} AS DATE)`),
  define(
    "date_add(varchar, bigint, date) -> date",
    (call) => `CAST((${call.sqls[2]} + ${interval(call, 4)}) AS DATE)`,
  ),
  define(
    "date_add(varchar, bigint, timestamp) -> timestamp",
    (call) => `(${call.sqls[2]} + ${interval(call, 0)})`,
  ),
  define("date_add(varchar, bigint, instant) -> instant", addToInstant),
  define("date_diff(varchar, date, date) -> bigint", difference(4)),
  define("date_diff(varchar, timestamp, timestamp) -> bigint", difference(0)),
  define("date_diff(varchar, instant, instant) -> bigint", differenceOfInstants),
  define(
    "date_trunc(varchar, date) -> date",
    (call) => `CAST(date_trunc('${unit(call, 4)}', ${call.sqls[1]}) AS DATE)`,
  ),
  define(
    "date_trunc(varchar, timestamp) -> timestamp",
    (call) => `date_trunc('${unit(call, 0)}', ${call.sqls[1]})`,
  ),
  define("date_trunc(varchar, instant) -> instant", truncateInstant),
  define("from_unixtime(double) -> instant", "athena_from_unixtime($1)"),
  define("from_unixtime(double, varchar) -> instant", (call) => {
    return instantIn(`athena_from_unixtime(${call.sqls[0]})`, checkZone(call.text(1), call.at));
  }),
  define("last_day_of_month(date) -> date", "last_day($1)"),
  define("last_day_of_month(timestamp) -> date", "last_day($1)"),
  define("to_milliseconds(dayToSecond) -> bigint", "(epoch_us($1) // 1000)"),
  define(
    "to_unixtime(instant) -> double",
    (call) => `(epoch_us(${instant(call, 0)}) / CAST(1000000 AS DOUBLE))`,
  ),
];

function local(call: BoundCall, index: number): string {
  return localTimestampSql(argument(call, index), call.at);
}

/** The argument as an instant; a date or timestamp is one in the session's zone, which is UTC. */
function argument(call: BoundCall, index: number): Typed {
  const value = call.values[index] as Typed;
  const sql = call.sqls[index] ?? value.sql;
  const type: TrinoType =
    value.type.kind === "timestamp with time zone"
      ? value.type
      : { kind: "timestamp with time zone", zone: "UTC" };
  return { ...value, sql, type };
}

function instant(call: BoundCall, index: number): string {
  return call.values[index]?.instantSql ?? call.sqls[index] ?? "NULL";
}

function zoneOf(call: BoundCall, index: number): string {
  const { type } = argument(call, index);
  return (type.kind === "timestamp with time zone" && type.zone) || "UTC";
}

function instantIn(sql: string, zone: string): Produced {
  return { sql, type: { kind: "timestamp with time zone", zone } };
}

function atTimeZone(call: BoundCall): Produced {
  return instantIn(instant(call, 0), checkZone(call.text(1), call.at));
}

/** A unit's name, checked. `first` leaves out the units below a day, which dates have not. */
function unit(call: BoundCall, first: number): string {
  const name = call.text(0).toLowerCase();
  if (units.slice(first).includes(name)) return name;
  const what = first === 0 ? "timestamp" : "DATE";
  throw new QueryFailure(
    "INVALID_FUNCTION_ARGUMENT",
    `'${call.text(0)}' is not a valid ${what} field`,
    call.at,
  );
}

function interval(call: BoundCall, first: number): string {
  const name = unit(call, first);
  const count = `CAST(${call.sqls[1]} AS ${["millisecond", "second", "minute", "hour"].includes(name) ? "BIGINT" : "INTEGER"})`;
  return name === "quarter" ? `to_months(3 * ${count})` : `to_${name}s(${count})`;
}

function addToInstant(call: BoundCall): Produced {
  const zone = zoneOf(call, 2);
  if (["millisecond", "second", "minute", "hour"].includes(call.text(0).toLowerCase())) {
    return instantIn(`(${call.sqls[2]} + ${interval(call, 0)})`, zone);
  }
  return instantIn(instantOfWallClockSql(`(${local(call, 2)} + ${interval(call, 0)})`, zone), zone);
}

/** Complete units between two times: DuckDB's date_diff counts boundaries, its date_sub complete units. */
function difference(first: number): (call: BoundCall) => string {
  return (call) => `date_sub('${unit(call, first)}', ${call.sqls[1]}, ${call.sqls[2]})`;
}

function differenceOfInstants(call: BoundCall): string {
  const name = unit(call, 0);
  if (["millisecond", "second", "minute", "hour"].includes(name)) {
    return `date_sub('${name}', ${instant(call, 1)}, ${instant(call, 2)})`;
  }
  // Days and longer are counted on the calendar of the first one's zone.
  const zone = zoneOf(call, 1);
  const second = {
    ...argument(call, 2),
    sql: instant(call, 2),
    type: { kind: "timestamp with time zone", zone } as const,
  };
  return `date_sub('${name}', ${local(call, 1)}, ${localTimestampSql(second, call.at)})`;
}

function truncateInstant(call: BoundCall): Produced {
  const zone = zoneOf(call, 1);
  return instantIn(instantOfWallClockSql(`date_trunc('${unit(call, 0)}', ${local(call, 1)})`, zone), zone);
}
