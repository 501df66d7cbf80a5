import { wallClock } from "../time-zone.ts";
import type { Random } from "./random.ts";

/** How busy each hour of a day is, 0 to 23 o'clock on the users' clock: a quiet night, a peak in the evening. */
const weightOfHour = [
  12, 7, 5, 4, 4, 6, 14, 28, 42, 50, 54, 56, 60, 58, 54, 52, 54, 60, 70, 82, 88, 76, 50, 26,
];
const quarters = 96;
const dayMilliseconds = 86_400_000;

/**
 * `count` instants in rising order over the 24 hours before `until` (exclusive), as busy as the hours on the clock of
 * `timeZone`. Stratified: a sample of any size shows the rhythm.
 */
export function* dayRhythm(count: number, until: Date, timeZone: string, random: Random): Generator<number> {
  const start = until.getTime() - dayMilliseconds;
  const quarterMilliseconds = dayMilliseconds / quarters;
  const cumulative = [0];
  for (let i = 0; i < quarters; i++) {
    const { hour, minute } = wallClock(new Date(start + i * quarterMilliseconds), timeZone);
    const here = weightOfHour[hour] ?? 0;
    const next = weightOfHour[(hour + 1) % 24] ?? 0;
    cumulative.push((cumulative[i] ?? 0) + here + ((next - here) * minute) / 60);
  }
  const total = cumulative[quarters] ?? 1;

  let quarter = 0;
  for (let i = 0; i < count; i++) {
    const wanted = ((i + random.next()) / count) * total;
    while (quarter < quarters - 1 && (cumulative[quarter + 1] ?? 0) <= wanted) quarter++;
    const [from, to] = [cumulative[quarter] ?? 0, cumulative[quarter + 1] ?? 0];
    const share = Math.min((wanted - from) / (to - from), 0.999999);
    yield Math.floor(start + (quarter + share) * quarterMilliseconds);
  }
}
