import { wallClock, type WallClock } from "../../schema/time-zone.ts";

type Part = (clock: WallClock) => string;

/**
 * A date pattern in the letters of Java's DateTimeFormatter, as Firehose's `timestamp` namespace takes them.
 * Text in single quotes stands for itself; `''` is a quote.
 *
 * @throws {Error} naming the letter or the length that is not supported.
 */
export function parseDatePattern(pattern: string): (instant: Date, timeZone: string) => string {
  const parts: Part[] = [];
  let at = 0;
  while (at < pattern.length) {
    const letter = pattern[at] as string;
    if (letter === "'") {
      const { text, end } = quoted(pattern, at);
      parts.push(() => text);
      at = end;
    } else if (/[a-zA-Z]/.test(letter)) {
      let end = at + 1;
      while (pattern[end] === letter) end++;
      parts.push(field(letter, end - at, pattern));
      at = end;
    } else if ("{}[]#".includes(letter)) {
      throw new Error(`"${letter}" has a meaning of its own in a date pattern. Put it into single quotes.`);
    } else {
      parts.push(() => letter);
      at++;
    }
  }
  return (instant, timeZone) => {
    const clock = wallClock(instant, timeZone);
    return parts.map((part) => part(clock)).join("");
  };
}

function quoted(pattern: string, start: number): { text: string; end: number } {
  if (pattern[start + 1] === "'") return { text: "'", end: start + 2 };
  let text = "";
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] !== "'") {
      text += pattern[at];
    } else if (pattern[at + 1] === "'") {
      text += "'";
      at++;
    } else {
      return { text, end: at + 1 };
    }
  }
  throw new Error(`a quote of the date pattern "${pattern}" is never closed.`);
}

const months = "January February March April May June July August September October November December".split(
  " ",
);
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

function field(letter: string, count: number, pattern: string): Part {
  const tooMany = () =>
    new Error(`"${letter.repeat(count)}" in the date pattern "${pattern}" has too many letters.`);
  const number = (value: (clock: WallClock) => number, mostLetters = 2): Part => {
    if (count > mostLetters) throw tooMany();
    return (clock) => String(value(clock)).padStart(count, "0");
  };
  switch (letter) {
    case "y":
    case "u":
      if (count > 4) throw tooMany();
      return ({ year }) =>
        count === 2 ? String(year % 100).padStart(2, "0") : String(year).padStart(count, "0");
    case "M":
      if (count === 3) return ({ month }) => (months[month - 1] as string).slice(0, 3);
      if (count === 4) return ({ month }) => months[month - 1] as string;
      return number(({ month }) => month);
    case "d":
      return number(({ day }) => day);
    case "D":
      return number(dayOfYear, 3);
    case "E":
      if (count > 4) throw tooMany();
      return (clock) => (days[dayOfWeek(clock)] as string).slice(0, count === 4 ? undefined : 3);
    case "a":
      if (count > 1) throw tooMany();
      return ({ hour }) => (hour < 12 ? "AM" : "PM");
    case "H":
      return number(({ hour }) => hour);
    case "k":
      return number(({ hour }) => hour || 24);
    case "K":
      return number(({ hour }) => hour % 12);
    case "h":
      return number(({ hour }) => hour % 12 || 12);
    case "m":
      return number(({ minute }) => minute);
    case "s":
      return number(({ second }) => second);
    case "S":
      if (count > 9) throw tooMany();
      return ({ millisecond }) => String(millisecond).padStart(3, "0").padEnd(9, "0").slice(0, count);
    case "Y":
      throw new Error(
        `"Y" in the date pattern "${pattern}" is the year of the week, another one around New Year. Use "y".`,
      );
    default:
      throw new Error(
        `the letter "${letter}" in the date pattern "${pattern}" is not supported by the emulator.`,
      );
  }
}

function dayOfYear({ year, month, day }: WallClock): number {
  return (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / 86_400_000 + 1;
}

function dayOfWeek({ year, month, day }: WallClock): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}
