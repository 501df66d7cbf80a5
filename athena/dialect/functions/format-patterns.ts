import { QueryFailure } from "../parse/syntax-error.ts";
import type { Position } from "../parse/position.ts";

export type Direction = "parse" | "write";

/** MySQL's codes as DuckDB's strftime and strptime write them. %f is written with six digits, and read with one to six. */
const mySqlCodes: Readonly<Record<string, string>> = {
  a: "%a",
  b: "%b",
  c: "%-m",
  d: "%d",
  e: "%-d",
  f: "%f",
  H: "%H",
  h: "%I",
  I: "%I",
  i: "%M",
  j: "%j",
  k: "%-H",
  l: "%-I",
  M: "%B",
  m: "%m",
  p: "%p",
  r: "%I:%M:%S %p",
  S: "%S",
  s: "%S",
  T: "%H:%M:%S",
  v: "%V",
  W: "%A",
  x: "%G",
  Y: "%Y",
  y: "%y",
  "%": "%%",
};

/** Codes that read something else here than in Trino. */
const notParsed = ["v", "x", "y", "a", "W", "j"];

/**
 * date_format's and date_parse's pattern as DuckDB's.
 * @throws {QueryFailure} for codes that Trino has not, or that DuckDB reads otherwise.
 */
export function fromMySqlPattern(pattern: string, direction: Direction, at: Position): string {
  return pattern.replaceAll(/%(.)|%$/gs, (_, code?: string) => {
    if (code === undefined) return "%%";
    if (/[DUuVwX]/.test(code)) {
      throw new QueryFailure("INVALID_FUNCTION_ARGUMENT", `%${code} not supported in date format string`, at);
    }
    if (direction === "parse" && notParsed.includes(code)) {
      throw new QueryFailure("NOT_SUPPORTED", `the local Athena does not read %${code}`, at);
    }
    // Any other letter stands for itself.
    return mySqlCodes[code] ?? code;
  });
}

/** Joda's letters, by the number of their repetitions. */
function jodaCode(letters: string, direction: Direction): string | undefined {
  const [letter, count] = [letters[0] ?? "", letters.length];
  const padded = (two: string, one: string) =>
    count === 2 ? two : count === 1 ? (direction === "parse" ? two : one) : undefined;
  switch (letter) {
    case "y":
    case "Y":
      return count === 4 ? "%Y" : count === 2 && direction === "write" ? "%y" : undefined;
    case "M":
      return count === 3 ? "%b" : count === 4 ? "%B" : padded("%m", "%-m");
    case "d":
      return padded("%d", "%-d");
    case "H":
      return padded("%H", "%-H");
    case "h":
      return padded("%I", "%-I");
    case "m":
      return padded("%M", "%-M");
    case "s":
      return padded("%S", "%-S");
    case "S":
      return count === 3 ? "%g" : undefined;
    case "E":
      if (direction === "parse") return undefined;
      return count === 4 ? "%A" : count <= 3 ? "%a" : undefined;
    case "a":
      return "%p";
    case "D":
      return count === 3 && direction === "write" ? "%j" : undefined;
    case "Z":
      return count <= 2 ? "%z" : undefined;
    default:
      return undefined;
  }
}

/**
 * format_datetime's and parse_datetime's pattern as DuckDB's.
 * @throws {QueryFailure} NOT_SUPPORTED, for letters that are not sure to mean the same.
 */
export function fromJodaPattern(
  pattern: string,
  direction: Direction,
  at: Position,
): { format: string; hasZone: boolean } {
  let hasZone = false;
  const format = pattern.replaceAll(
    /'((?:[^']|'')*)'|([A-Za-z])\2*|%/g,
    (found, quoted?: string, letter?: string) => {
      if (found === "%") return "%%";
      if (quoted !== undefined)
        return (quoted === "" ? "'" : quoted.replaceAll("''", "'")).replaceAll("%", "%%");
      const code = letter === undefined ? undefined : jodaCode(found, direction);
      if (code === undefined) {
        throw new QueryFailure(
          "NOT_SUPPORTED",
          `the local Athena does not know '${found}' in the pattern '${pattern}'`,
          at,
        );
      }
      hasZone ||= letter === "Z";
      return code;
    },
  );
  return { format, hasZone };
}
