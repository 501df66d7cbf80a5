import type { Period } from "../../schema/layout.ts";
import { offsetMinutes, wallClock } from "../../schema/time-zone.ts";
import { isDay } from "../sql/literal.ts";

const dayMilliseconds = 86_400_000;

/**
 * The period that a text means, in days of a time zone:
 * - `today`, `yesterday`
 * - `last 7 days`, `last 2 weeks`, `last 3 months`: whole days up to now, today included
 * - `last 24 hours`: back from now
 * - `2026-11-20` or `2026-11`: that day, that month
 * - `2026-11-01..2026-11-20`: both days included; months may stand in for days
 * @throws {Error} that lists these forms, or says that the period ends before it begins.
 */
export function parsePeriod(text: string, now: Date, timeZone: string): Period {
  const today = dayOf(now, timeZone);
  const wanted = text.trim().toLowerCase().replaceAll(/\s+/g, " ");
  if (wanted === "today") return { from: startOfDay(today, timeZone), to: now };
  if (wanted === "yesterday") return daysFrom(addDays(today, -1), addDays(today, -1), timeZone);

  const [, count, unit] = /^last (?:(\d{1,4}) )?(hour|day|week|month)s?$/.exec(wanted) ?? [];
  if (unit !== undefined) return { from: startOfLast(Number(count ?? 1), unit, now, timeZone), to: now };

  const [first = "", last = first, ...more] = wanted.split("..");
  if (more.length === 0 && isDayOrMonth(first) && isDayOrMonth(last)) {
    const period = daysFrom(firstDayOf(first), lastDayOf(last), timeZone);
    if (period.from <= period.to) return period;
    throw new Error("the period ends before it begins. Write the earlier day first.");
  }
  throw new Error(
    `write "last 7 days", "last 24 hours", "today", "yesterday", "2026-11-20", "2026-11" or "2026-11-01..2026-11-20".`,
  );
}

/** The day that a zone's calendar shows at an instant, `yyyy-MM-dd`. */
export function dayOf(instant: Date, timeZone: string): string {
  const { year, month, day } = wallClock(instant, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The day that is `count` days after another. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayMilliseconds).toISOString().slice(0, 10);
}

function startOfLast(count: number, unit: string, now: Date, timeZone: string): Date {
  if (count === 0) throw new Error(`a period has one ${unit} or more.`);
  const today = dayOf(now, timeZone);
  if (unit === "hour") return new Date(now.getTime() - count * 3_600_000);
  if (unit === "day") return startOfDay(addDays(today, 1 - count), timeZone);
  if (unit === "week") return startOfDay(addDays(today, 1 - 7 * count), timeZone);
  return startOfDay(addMonths(today, -count), timeZone);
}

/** The same day some months on, or the last of that month when it is shorter. */
function addMonths(day: string, count: number): string {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split("-").map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(dayOfMonth, lastOfMonth)))
    .toISOString()
    .slice(0, 10);
}

function daysFrom(first: string, last: string, timeZone: string): Period {
  return {
    from: startOfDay(first, timeZone),
    to: new Date(startOfDay(addDays(last, 1), timeZone).getTime() - 1),
  };
}

/**
 * The first instant of a day in a zone. The offset is taken twice, as the clock may change that night; where the night
 * skips midnight, the second one leads into the day before, and the first was right.
 */
function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const first = new Date(midnight - offsetMinutes(new Date(midnight), timeZone) * 60_000);
  const second = new Date(midnight - offsetMinutes(first, timeZone) * 60_000);
  return dayOf(second, timeZone) === day ? second : first;
}

function isDayOrMonth(text: string): boolean {
  return isDay(text) || (/^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`));
}

function firstDayOf(text: string): string {
  return text.length === 7 ? `${text}-01` : text;
}

function lastDayOf(text: string): string {
  return text.length === 7 ? addDays(addMonths(`${text}-01`, 1), -1) : text;
}
