import { parseDatePattern, projectionLetters } from "../../aws/date-pattern.ts";
import { wallClock } from "../../schema/time-zone.ts";

/** Letters of a projection's date formats, from coarse to fine. */
const fields = ["y", "M", "d", "H", "m", "s"] as const;

/** A projection's `format`, a Java date pattern of numbers, such as `yyyy-MM-dd` or `yyyy/MM/dd/HH`. */
export interface DateFormat {
  /** The instant (UTC) that a text says. @returns nothing when the text is not exactly what the format writes. */
  parse(text: string): Date | undefined;
  /** The instant without what the format does not write. */
  truncate(instant: Date): Date;
  readonly finest: (typeof fields)[number];
}

/** @throws {Error} naming the letters that are not understood. */
export function dateFormat(pattern: string): DateFormat {
  const { pieces, format } = parseDatePattern(pattern, projectionLetters);
  const used = pieces.flatMap(({ letter }) => fields.find((field) => field === letter) ?? []);
  const groups = pieces.map(({ literal, count }) =>
    literal === undefined ? `(\\d{${count === 1 ? "1,2" : count}})` : escaped(literal),
  );
  const expression = new RegExp(`^${groups.join("")}$`);
  const formatUtc = (instant: Date) => format(wallClock(instant, "UTC"));

  const parse = (text: string): Date | undefined => {
    const found = expression.exec(text);
    if (!found) return undefined;
    const values = { y: 1970, M: 1, d: 1, H: 0, m: 0, s: 0 };
    for (const [i, field] of used.entries()) values[field] = Number(found[i + 1]);
    const instant = new Date(Date.UTC(values.y, values.M - 1, values.d, values.H, values.m, values.s));
    return formatUtc(instant) === text ? instant : undefined;
  };
  return {
    parse,
    truncate: (instant) => parse(formatUtc(instant)) ?? instant,
    finest: fields.findLast((field) => used.includes(field)) ?? "y",
  };
}

function escaped(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
