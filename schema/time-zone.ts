import type { WallClock } from "../aws/date-pattern.ts";

/**
 * Time zones that Firehose's CustomTimeZone takes: UTC, or a listed IANA zone of an area and a place, of letters, "/"
 * and "_", at most 50 characters (aws-semantics 1.8). It matters how it is spelt: Java's zones are case-sensitive.
 * @returns nothing when the zone is fine, else one sentence that says what is wrong.
 */
export function firehoseTimeZoneProblem(timeZone: string): string[] {
  const at = `timeZone "${timeZone}"`;
  if (!/^[a-zA-Z/_]{1,50}$/.test(timeZone)) {
    return [`${at}: Firehose takes IANA names of letters, "/" and "_" only, such as Europe/Berlin or UTC.`];
  }
  if (timeZone === "UTC") return [];
  if (!timeZone.includes("/")) {
    return [`${at}: Firehose takes UTC, or an area and a place such as Europe/London.`];
  }
  try {
    const canonical = new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
    const differsInCase = canonical.toLowerCase() === timeZone.toLowerCase() && canonical !== timeZone;
    return differsInCase ? [`${at}: write it as ${canonical}.`] : [];
  } catch {
    return [`${at}: no such IANA time zone.`];
  }
}

/** Whether a zone's clock is ever ahead of UTC in the 24 months after `since` (`yyyy-MM-dd`). */
export function isEverEastOfUtc(timeZone: string, since: string): boolean {
  const start = new Date(`${since}T00:00:00Z`);
  for (let month = 0; month < 24; month++) {
    const instant = new Date(
      Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, start.getUTCDate()),
    );
    if (offsetMinutes(instant, timeZone) > 0) return true;
  }
  return false;
}

/** How many minutes a zone's clock is ahead of UTC at an instant. */
export function offsetMinutes(instant: Date, timeZone: string): number {
  const wall = wallClock(instant, timeZone);
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  return Math.round((asUtc - Math.floor(instant.getTime() / 1000) * 1000) / 60_000);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show at an instant. */
export function wallClock(instant: Date, timeZone: string): WallClock {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = value;
  return {
    year: Number(parts["year"]),
    month: Number(parts["month"]),
    day: Number(parts["day"]),
    hour: Number(parts["hour"]),
    minute: Number(parts["minute"]),
    second: Number(parts["second"]),
    millisecond: ((instant.getTime() % 1000) + 1000) % 1000,
  };
}
