import { QueryFailure } from "../parse/syntax-error.ts";
import type { Position } from "../parse/position.ts";
import { quoteString } from "../../sql/quote.ts";

const offsetPattern = /^([+-])(\d{2}):?(\d{2})$/;

/** @throws {QueryFailure} INVALID_FUNCTION_ARGUMENT, when Trino knows no such zone. */
export function checkZone(zone: string, at: Position): string {
  if (/^(Z|z|utc|UTC|GMT)$/.test(zone)) return "UTC";
  const offset = offsetPattern.exec(zone);
  if (offset && Number(offset[2]) <= 14 && Number(offset[3]) < 60) {
    return `${offset[1]}${offset[2]}:${offset[3]}`.replace(/^[+-]00:00$/, "UTC");
  }
  // Trino's names have the tz database's case: AMERICA/NEW_YORK is none.
  if (/^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_+-]*\d*)+$/.test(zone) && !/^[A-Z]+\/[A-Z_]+$/.test(zone)) {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return zone;
    } catch {
      // No such zone.
    }
  }
  throw new QueryFailure("INVALID_FUNCTION_ARGUMENT", `'${zone}' is not a valid time zone`, at);
}

/** What the clocks of a zone show at an instant. Both are DuckDB TIMESTAMPs. */
export function wallClockSql(instantSql: string, zone: string): string {
  if (zone === "UTC") return instantSql;
  const minutes = offsetMinutes(zone);
  if (minutes !== undefined) return `(${instantSql} + to_minutes(${minutes}))`;
  return `timezone(${quoteString(zone)}, timezone('UTC', ${instantSql}))`;
}

/** The instant at which the clocks of a zone show something. */
export function instantOfWallClockSql(localSql: string, zone: string): string {
  if (zone === "UTC") return localSql;
  const minutes = offsetMinutes(zone);
  if (minutes !== undefined) return `(${localSql} - to_minutes(${minutes}))`;
  return `timezone('UTC', timezone(${quoteString(zone)}, ${localSql}))`;
}

function offsetMinutes(zone: string): number | undefined {
  const offset = offsetPattern.exec(zone);
  if (!offset) return undefined;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return offset[1] === "-" ? -minutes : minutes;
}
