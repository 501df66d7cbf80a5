import type { NumberRange } from "./number-range.ts";

/** Names of instants, as words joined by underscores. */
const timeNames =
  /(^|[_.])(ts|time|timestamp|date|datetime|epoch|at|on|when|created|updated|modified|occurred|received)(_(s|ms|us|ns|sec|secs|seconds|millis|milliseconds|epoch|utc))?$/;

/** From 2000 to 2100, in seconds: what is outside is hardly when an event happened. */
const [from, to] = [946_684_800, 4_102_444_800];
/** Firehose reads a number from here on as milliseconds, below it as seconds (aws-semantics 1.4). */
const leastMilliseconds = 1e12;

/** Whether numbers are seconds or milliseconds since 1970 by their name and range; `doubt` is one sentence. */
export function epochTypeOf(name: string, range: NumberRange): { isTimestamp: boolean; doubt?: string } {
  if (!timeNames.test(name) || range.count === 0) return { isTimestamp: false };
  const within = (factor: number) => range.least >= from * factor && range.most < to * factor;
  if (within(1)) return { isTimestamp: true };
  if (within(1000) && range.least >= leastMilliseconds) return { isTimestamp: true };
  for (const [factor, unit] of [
    [1e6, "microseconds"],
    [1e9, "nanoseconds"],
  ] as const) {
    if (within(factor)) {
      return {
        isTimestamp: false,
        doubt: `its values look like ${unit} since 1970, which Firehose would read as milliseconds, so it is a number: send milliseconds`,
      };
    }
  }
  return { isTimestamp: false };
}

/** The instant (milliseconds since 1970) of a number that Firehose reads as a timestamp. */
export function instantOfEpoch(value: number): number {
  return Math.abs(value) < leastMilliseconds ? value * 1000 : value;
}
