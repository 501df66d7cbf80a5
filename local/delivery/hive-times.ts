import { DuckDBDateValue, DuckDBTimestampValue } from "@duckdb/node-api";
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
      return timestamp(milliseconds * 1000 + Number((fields[7] ?? "0").padEnd(6, "0").slice(0, 6)));
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
  const microseconds = Math.abs(value) < leastMilliseconds ? value * 1e6 : value * 1e3;
  if (!Number.isFinite(microseconds)) throw inputString(String(value));
  return timestamp(Math.round(microseconds));
}

/** Firehose counts nanoseconds in 64 bits, which wrap before 1677 and after 2262 without an error (probed). */
function timestamp(microseconds: number): DuckDBTimestampValue {
  const exact = BigInt(microseconds);
  if (Number.isSafeInteger(microseconds)) return new DuckDBTimestampValue(exact);
  return new DuckDBTimestampValue(BigInt.asIntN(64, exact * 1000n) / 1000n);
}

/** Milliseconds since 1970 of year, month, day and, if matched, hour, minute and second; undefined when none has them. */
function instantOf(fields: RegExpExecArray): number | undefined {
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(fields[i] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  if (instant.getUTCDate() !== day) return undefined;
  return instant.setUTCHours(hour, minute, second);
}
