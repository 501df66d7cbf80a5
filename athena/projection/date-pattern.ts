/** Fields of Java's date patterns that a projection can have, from coarse to fine. */
const fields = ["y", "M", "d", "H", "m", "s"] as const;
type DateField = (typeof fields)[number];

/** A Java date pattern of numbers, such as `yyyy-MM-dd` or `yyyy/MM/dd/HH`. */
export interface DatePattern {
  /** The instant (UTC) that a text says. @returns nothing when the text is not exactly what the pattern writes. */
  parse(text: string): Date | undefined;
  format(instant: Date): string;
  /** The instant without what the pattern does not write. */
  truncate(instant: Date): Date;
  readonly finest: DateField;
}

const widths: Readonly<Record<DateField, readonly number[]>> = {
  y: [4],
  M: [1, 2],
  d: [1, 2],
  H: [1, 2],
  m: [1, 2],
  s: [1, 2],
};

/** @throws {Error} naming the letters that are not understood. */
export function datePattern(pattern: string): DatePattern {
  const pieces = [...pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g)].map(
    ([found, quoted, letter]) => {
      if (letter === undefined)
        return { literal: quoted === undefined ? found : quoted.replaceAll("''", "'") };
      const field = fields.find((name) => name === letter);
      if (!field || !widths[field].includes(found.length)) {
        throw new Error(`The local Athena does not know "${found}" in the date format "${pattern}".`);
      }
      return { field, width: found.length };
    },
  );
  const used = pieces.flatMap((piece) => (piece.field ? [piece.field] : []));
  const finest = fields.findLast((field) => used.includes(field)) ?? "y";
  const expression = new RegExp(
    `^${pieces.map((piece) => (piece.field ? (piece.width === 1 ? "(\\d{1,2})" : `(\\d{${piece.width}})`) : escaped(piece.literal))).join("")}$`,
  );

  const format = (instant: Date): string =>
    pieces
      .map((piece) =>
        piece.field ? String(valueOf(instant, piece.field)).padStart(piece.width, "0") : piece.literal,
      )
      .join("");
  const parse = (text: string): Date | undefined => {
    const found = expression.exec(text);
    if (!found) return undefined;
    const values: Record<DateField, number> = { y: 1970, M: 1, d: 1, H: 0, m: 0, s: 0 };
    for (const [i, field] of used.entries()) values[field] = Number(found[i + 1]);
    const instant = new Date(Date.UTC(values.y, values.M - 1, values.d, values.H, values.m, values.s));
    return format(instant) === text ? instant : undefined;
  };
  return { parse, format, truncate: (instant) => parse(format(instant)) ?? instant, finest };
}

function escaped(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

function valueOf(instant: Date, field: DateField): number {
  switch (field) {
    case "y":
      return instant.getUTCFullYear();
    case "M":
      return instant.getUTCMonth() + 1;
    case "d":
      return instant.getUTCDate();
    case "H":
      return instant.getUTCHours();
    case "m":
      return instant.getUTCMinutes();
    case "s":
      return instant.getUTCSeconds();
  }
}
