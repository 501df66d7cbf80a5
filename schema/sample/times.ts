import { wallClock } from "../time-zone.ts";

/** From here on Firehose reads a number as milliseconds, below it as seconds (aws-semantics 1.4). */
const leastMilliseconds = 1e12;

/**
 * How a timestamp column writes an instant (milliseconds since 1970): as its example does, else as
 * `2026-11-20T10:00:00.000Z`.
 */
export function timestampsLike(example: unknown): (instant: number) => string | number {
  const number = Number(example);
  if (example !== undefined && example !== "" && Number.isFinite(number)) {
    const inMilliseconds = Math.abs(number) >= leastMilliseconds;
    const value = (instant: number) =>
      inMilliseconds ? instant : Number.isInteger(number) ? Math.floor(instant / 1000) : instant / 1000;
    return typeof example === "number" ? value : (instant) => String(value(instant));
  }
  const [text, hasFraction, isSpaced, isZulu] =
    typeof example === "string"
      ? [example, example.includes("."), /\d \d/.test(example), example.endsWith("Z")]
      : ["", true, false, true];
  return (instant) => {
    const iso = new Date(instant).toISOString();
    const seconds = hasFraction ? iso.slice(0, -1) : iso.slice(0, 19);
    if (text !== "" && isSpaced) return seconds.replace("T", " ");
    return isZulu ? `${seconds}Z` : seconds;
  };
}

/** The day of an instant on the clocks of a zone, `yyyy-MM-dd`. */
export function dayOf(instant: number, timeZone: string): string {
  const { year, month, day } = wallClock(new Date(instant), timeZone);
  return [String(year).padStart(4, "0"), ...[month, day].map((n) => String(n).padStart(2, "0"))].join("-");
}
