/**
 * What a text is by what Firehose's OpenX JSON SerDe makes of it (aws-semantics 1.4): `timestamp` and `date` it reads,
 * `offset` is a time with an offset from UTC, which it does not.
 */
export type TextKind = "timestamp" | "date" | "offset" | "number" | "empty" | "other";

/** `yyyy-MM-dd'T'HH:mm:ss[.fraction][Z]`: every field in full. */
const strict = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?Z?$/;
/** `yyyy-[M]M-[d]d [H]H:[m]m:[s]s[.fraction]`. */
const lenient = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d{1,9})?$/;
const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const offset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?[+-]\d{2}:?(\d{2})?$/;
const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** What a text is, and the instant (milliseconds since 1970) of a timestamp or of a date's midnight in UTC. */
export function textKindOf(text: string): { kind: TextKind; instant?: number } {
  if (text.trim() === "") return { kind: "empty" };
  // What is longer is none of these, and need not be looked through.
  if (text.length > 40 || !/^[-\d]/.test(text)) return { kind: "other" };
  const time = strict.exec(text) ?? lenient.exec(text);
  if (time) return ofFields("timestamp", time);
  const day = date.exec(text);
  if (day) return ofFields("date", day);
  if (offset.test(text)) return { kind: "offset" };
  return { kind: number.test(text) ? "number" : "other" };
}

/** A day that does not exist is no date: February 30 would be March 2. */
function ofFields(
  kind: "timestamp" | "date",
  [, year, month, day, hour, minute, second]: RegExpExecArray,
): ReturnType<typeof textKindOf> {
  const instant = new Date(0);
  instant.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const exists = instant.getUTCMonth() === Number(month) - 1 && instant.getUTCDate() === Number(day);
  const inDay = [Number(hour ?? 0) < 24, Number(minute ?? 0) < 60, Number(second ?? 0) < 60].every(Boolean);
  if (!exists || !inDay) return { kind: "other" };
  instant.setUTCHours(Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0));
  return { kind, instant: instant.getTime() };
}
