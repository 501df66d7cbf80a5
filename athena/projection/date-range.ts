import type { DateFormat } from "./date-format.ts";

const unitNames = ["YEARS", "MONTHS", "WEEKS", "DAYS", "HOURS", "MINUTES", "SECONDS"] as const;
type Unit = (typeof unitNames)[number];

const millisecondsOf: Readonly<Partial<Record<Unit, number>>> = {
  WEEKS: 7 * 86_400_000,
  DAYS: 86_400_000,
  HOURS: 3_600_000,
  MINUTES: 60_000,
  SECONDS: 1000,
};

/**
 * A projection's date range: `2026-01-01,NOW`, `NOW-3YEARS,NOW+1DAY`, both ends inclusive, in UTC, with its steps.
 * @returns whether a partition's value lies on a step of the range at a time.
 * @throws {Error} naming the part that is wrong.
 */
export function dateRange(
  range: string,
  format: DateFormat,
  interval?: string,
  intervalUnit?: string,
): (value: string, now: Date) => boolean {
  const [start, end, ...more] = range.split(",").map((part) => bound(part.trim(), format));
  if (!start || !end || more.length > 0)
    throw new Error(`range "${range}": write a start and an end with a comma.`);
  const unit = intervalUnit === undefined ? defaultUnit(format, interval) : unitOf(intervalUnit);
  const step = Number(interval ?? "1");
  return (text, now) => {
    const value = format.parse(text);
    if (!value) return false;
    const first = start(now);
    return value >= first && value <= end(now) && isOnStep(first, value, step, unit);
  };
}

/** Without an interval.unit, days or months alone, as the format writes them (Athena user guide). */
function defaultUnit(format: DateFormat, interval: string | undefined): Unit {
  if (format.finest === "d") return "DAYS";
  if (format.finest === "M") return "MONTHS";
  throw new Error(
    `interval "${interval ?? ""}": a format this coarse or this fine needs interval and interval.unit.`,
  );
}

function unitOf(text: string): Unit {
  const name = text.trim().toUpperCase().replace(/S?$/, "S");
  const unit = unitNames.find((candidate) => candidate === name);
  if (unit) return unit;
  throw new Error(`unit "${text}": use ${unitNames.join(", ")}.`);
}

function bound(text: string, format: DateFormat): (now: Date) => Date {
  const relative = /^NOW\s*(?:([+-])\s*(\d+)\s*([A-Za-z]+))?$/i.exec(text);
  if (relative) {
    const count = Number(relative[2] ?? 0) * (relative[1] === "-" ? -1 : 1);
    const unit = unitOf(relative[3] ?? "SECONDS");
    return (now) => format.truncate(shift(now, count, unit));
  }
  const fixed = format.parse(text);
  if (!fixed) throw new Error(`range part "${text}" is neither NOW nor a date in the format.`);
  return () => fixed;
}

function shift(instant: Date, count: number, unit: Unit): Date {
  const milliseconds = millisecondsOf[unit];
  if (milliseconds !== undefined) return new Date(instant.getTime() + count * milliseconds);
  const months = unit === "YEARS" ? count * 12 : count;
  const shifted = new Date(instant);
  shifted.setUTCDate(1);
  shifted.setUTCMonth(shifted.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth() + 1, 0)).getUTCDate();
  shifted.setUTCDate(Math.min(instant.getUTCDate(), lastDay));
  return shifted;
}

function isOnStep(first: Date, value: Date, step: number, unit: Unit): boolean {
  const milliseconds = millisecondsOf[unit];
  if (milliseconds !== undefined) return (value.getTime() - first.getTime()) % (step * milliseconds) === 0;
  const months =
    (value.getUTCFullYear() - first.getUTCFullYear()) * 12 + value.getUTCMonth() - first.getUTCMonth();
  return (
    months % (unit === "YEARS" ? step * 12 : step) === 0 &&
    shift(first, months, "MONTHS").getTime() === value.getTime()
  );
}
