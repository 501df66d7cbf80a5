import { DuckDBDateValue, DuckDBTimestampValue } from "../duckdb.ts";
import { inputString } from "./conversion-failure.ts";
import { textOf } from "./hive-numbers.ts";
import { JsonNumber } from "./json-number.ts";

/** `yyyy-MM-dd'T'HH:mm:ss[.fraction][Z]`: every field in full, no offset (aws-semantics 1.4, probed). */
const strict = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z?$/;
/** `yyyy-[M]M-[d]d [H]H:[m]m:[s]s[.fraction]`. */
const lenient = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/;
const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const epoch = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** From here on a number counts milliseconds, below it seconds (aws-semantics 1.4, probed). */
const leastMilliseconds = 1e12;

/** A timestamp: text in one of two forms, or seconds or milliseconds since 1970 as a number or as text. */
export function toTimestamp(json: unknown): DuckDBTimestampValue {
  if (typeof json === "number") return fromEpoch(json);
  if (json instanceof JsonNumber) return fromEpoch(json.value);
  if (typeof json === "string") {
    const fields = strict.exec(json) ?? lenient.exec(json);
    if (fields !== null) {
      const milliseconds = instantOf(fields);
      if (milliseconds === undefined) throw inputString(json);
      return timestamp(milliseconds, 1000, Number((fields[7] ?? "0").padEnd(6, "0").slice(0, 6)));
    }
    if (epoch.test(json)) return fromEpoch(Number(json));
  }
  throw inputString(textOf(json));
}

/** A date: `yyyy-[M]M-[d]d`. */
export function toDate(json: unknown): DuckDBDateValue {
  const fields = typeof json === "string" ? date.exec(json) : null;
  const milliseconds = fields === null ? undefined : instantOf(fields);
  if (milliseconds === undefined) throw inputString(textOf(json));
  return new DuckDBDateValue(milliseconds / 86_400_000);
}

function fromEpoch(value: number): DuckDBTimestampValue {
  if (!Number.isFinite(value)) throw inputString(String(value));
  const factor = Math.abs(value) < leastMilliseconds ? 1_000_000 : 1000;
  const whole = Math.trunc(value);
  return timestamp(whole, factor, Math.round((value - whole) * factor));
}

/** The timestamp of `count * factor + rest` microseconds since 1970. */
function timestamp(count: number, factor: 1000 | 1_000_000, rest: number): DuckDBTimestampValue {
  const microseconds = count * factor + rest;
  if (Number.isSafeInteger(microseconds)) return new DuckDBTimestampValue(BigInt(microseconds));
  // Firehose counts nanoseconds in 64 bits, which wrap before 1677 and after 2262 without an error (probed).
  const exact = BigInt(count) * BigInt(factor) + BigInt(rest);
  const nanoseconds = BigInt.asIntN(64, exact * 1000n);
  const remainder = ((nanoseconds % 1000n) + 1000n) % 1000n;
  return new DuckDBTimestampValue((nanoseconds - remainder) / 1000n);
}

/** Milliseconds since 1970 of year, month, day and, if matched, hour, minute and second; undefined when none has them. */
function instantOf(fields: RegExpExecArray): number | undefined {
  const [year, month, day] = [Number(fields[1]), Number(fields[2]), Number(fields[3])];
  const [hour, minute, second] = [Number(fields[4] ?? 0), Number(fields[5] ?? 0), Number(fields[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysOf(month, year)) return undefined;
  // Date.UTC takes the years 0-99 for 1900-1999; the calendar repeats after 400 years.
  const shift = year < 100 ? millisecondsOf400Years : 0;
  return Date.UTC(shift === 0 ? year : year + 400, month - 1, day, hour, minute, second) - shift;
}

const millisecondsOf400Years = 146_097 * 86_400_000;

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
