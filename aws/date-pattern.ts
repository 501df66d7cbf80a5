/** What a clock shows. Months are counted from 1. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** A piece of a date pattern: a run of one letter, or text that stands for itself. */
type DatePiece =
  | { readonly letter: string; readonly count: number; readonly literal?: never }
  | { readonly literal: string; readonly letter?: never; readonly count?: never };

/** A date pattern in the letters of Java's DateTimeFormatter. */
export interface DatePattern {
  readonly pieces: readonly DatePiece[];
  readonly format: (clock: WallClock) => string;
}

/** What a service takes of Java's patterns. */
export interface DatePatternLetters {
  /** How often each letter may be repeated. */
  readonly counts: Readonly<Record<string, readonly number[]>>;
  /** Characters that must stand in quotes. */
  readonly reserved: string;
}

const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1);

/** Firehose's `timestamp` namespace takes DateTimeFormatter's letters (aws-semantics 1.8). */
export const firehosePrefixLetters: DatePatternLetters = {
  counts: {
    ...{ y: upTo(4), u: upTo(4), M: upTo(4), d: upTo(2), D: upTo(3), E: upTo(4), a: [1] },
    ...{ H: upTo(2), k: upTo(2), K: upTo(2), h: upTo(2), m: upTo(2), s: upTo(2), S: upTo(9) },
  },
  reserved: "{}[]#",
};

/** What can be read back from a partition's value: numbers alone, and a year that is whole. */
export const projectionLetters: DatePatternLetters = {
  counts: { y: [4], M: upTo(2), d: upTo(2), H: upTo(2), m: upTo(2), s: upTo(2) },
  reserved: "",
};

const months = "January February March April May June July August September October November December".split(
  " ",
);
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

const padded = (value: (clock: WallClock) => number) => (clock: WallClock, count: number) =>
  String(value(clock)).padStart(count, "0");
const yearText = ({ year }: WallClock, count: number) =>
  String(count === 2 ? year % 100 : year).padStart(count, "0");
const named = (name: string, count: number) => (count === 4 ? name : name.slice(0, 3));

/** What each letter writes, by the number of its repetitions (Java, DateTimeFormatter, "Patterns"). */
const writers: Readonly<Record<string, (clock: WallClock, count: number) => string>> = {
  y: yearText,
  u: yearText,
  M: ({ month }, count) =>
    count > 2 ? named(months[month - 1] ?? "", count) : String(month).padStart(count, "0"),
  d: padded(({ day }) => day),
  D: padded(
    ({ year, month, day }) => (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / 86_400_000 + 1,
  ),
  E: ({ year, month, day }, count) =>
    named(days[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? "", count),
  a: ({ hour }) => (hour < 12 ? "AM" : "PM"),
  H: padded(({ hour }) => hour),
  k: padded(({ hour }) => hour || 24),
  K: padded(({ hour }) => hour % 12),
  h: padded(({ hour }) => hour % 12 || 12),
  m: padded(({ minute }) => minute),
  s: padded(({ second }) => second),
  S: ({ millisecond }, count) => String(millisecond).padStart(3, "0").padEnd(9, "0").slice(0, count),
};

/**
 * Reads a date pattern. Text in single quotes stands for itself; `''` is a quote.
 * @throws {Error} naming the letter, the number of letters or the character that is not taken.
 */
export function parseDatePattern(pattern: string, letters: DatePatternLetters): DatePattern {
  const pieces = [...pattern.matchAll(/'((?:[^']|'')*)'|'|([A-Za-z])\2*|[^A-Za-z']/g)].map(
    ([found, quoted, letter]): DatePiece => {
      if (quoted !== undefined) return { literal: quoted === "" ? "'" : quoted.replaceAll("''", "'") };
      if (found === "'") throw new Error(`a quote of the date pattern "${pattern}" is never closed.`);
      if (letter === undefined && !letters.reserved.includes(found)) return { literal: found };
      if (letter !== undefined && letters.counts[letter]?.includes(found.length))
        return { letter, count: found.length };
      throw problemOf(found, letters.counts[letter ?? ""], pattern);
    },
  );
  return {
    pieces,
    format: (clock) =>
      pieces
        .map(({ literal, letter = "", count = 0 }) => literal ?? writers[letter]?.(clock, count))
        .join(""),
  };
}

function problemOf(found: string, counts: readonly number[] | undefined, pattern: string): Error {
  const letter = found.charAt(0);
  const where = `in the date pattern "${pattern}"`;
  if (!/[A-Za-z]/.test(letter))
    return new Error(`"${letter}" has a meaning of its own in a date pattern. Put it into single quotes.`);
  if (counts) {
    return new Error(
      `"${found}" ${where} has too ${found.length > Math.max(...counts) ? "many" : "few"} letters.`,
    );
  }
  if (letter === "Y")
    return new Error(`"Y" ${where} is the year of the week, another one around New Year. Use "y".`);
  return new Error(`the letter "${letter}" ${where} is not supported by the emulator.`);
}
