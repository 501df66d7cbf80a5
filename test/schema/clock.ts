// What clocks show in a time zone, by Intl and by no code of the layout.

/** What the clock shows, by Intl alone: `yyyy-MM-dd-HH`. */
export function clock(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  }).format(instant);
  return parts.replaceAll(/\D+/g, "-");
}

/** How far clocks are ahead of UTC, in minutes, by Intl alone. */
export function offset(instant: Date, format: Intl.DateTimeFormat): number {
  const name = format.formatToParts(instant).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d+):(\d+))?/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

export const offsets = (timeZone: string) =>
  new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });

/** The instants of a year, to the second, at which a zone's clocks are changed. */
export function clockChanges(timeZone: string, year: number): number[] {
  const format = offsets(timeZone);
  const changes: number[] = [];
  const at = (time: number) => offset(new Date(time), format);
  const week = 7 * 86_400_000;
  for (let start = Date.UTC(year, 0, 1); start < Date.UTC(year + 1, 0, 1); start += week) {
    if (at(start) === at(start + week)) continue;
    let [before, after] = [start, start + week];
    while (after - before > 1000) {
      const middle = Math.floor((before + after) / 2000) * 1000;
      if (at(middle) === at(before)) before = middle;
      else after = middle;
    }
    changes.push(after);
  }
  return changes;
}
