import { firehosePrefixLetters, parseDatePattern } from "../../aws/date-pattern.ts";
import { wallClock } from "../../schema/time-zone.ts";

/**
 * Firehose's `timestamp` namespace: what a pattern writes for an instant in a time zone.
 * @throws {Error} naming the letter or the length that is not supported.
 */
export function timestampFormat(pattern: string): (instant: Date, timeZone: string) => string {
  const { format } = parseDatePattern(pattern, firehosePrefixLetters);
  return (instant, timeZone) => format(wallClock(instant, timeZone));
}
