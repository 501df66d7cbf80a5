/**
 * Athena takes execution parameters as SQL text: `now()`, `NULL` or `1+1` typed by a user would be evaluated, and only
 * what does not parse is taken as a string (aws-semantics 4.2). So every value is sent as a literal of its type.
 */

/** An integer literal. @param value digits with an optional sign. @throws {Error} beyond 64 bits or for anything else. */
export function intLiteral(value: string): string {
  if (!/^[+-]?\d{1,19}$/.test(value)) throw new Error("write a whole number, such as 20.");
  const number = BigInt(value.replace("+", ""));
  if (BigInt.asIntN(64, number) !== number) throw new Error("a whole number has 64 bits at most.");
  return String(number);
}

/** A double literal: with an exponent, because Trino reads `1.5` as a decimal. @throws {Error} for what is no number. */
export function doubleLiteral(value: string): string {
  const number = Number(value);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) || !Number.isFinite(number)) {
    throw new Error("write a number, such as 0.5 or 1e6.");
  }
  return number.toExponential().replace("e", "E").replace("E+", "E");
}

/** A date literal. @param value `yyyy-MM-dd`. @throws {Error} for a day that no calendar has. */
export function dateLiteral(value: string): string {
  if (!isDay(value))
    throw new Error("write a day as yyyy-MM-dd, such as 2026-11-20, or today, or yesterday.");
  return `DATE '${value}'`;
}

/**
 * A timestamp literal, UTC, to the millisecond.
 * @param value `yyyy-MM-dd HH:mm[:ss[.SSS]]` in UTC, or ISO 8601 with a zone, which is converted to UTC.
 * @throws {Error} for what is no instant.
 */
export function timestampLiteral(value: string): string {
  const pattern =
    /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?$/;
  const match = pattern.exec(value);
  const instant = new Date(value.replace(" ", "T") + (match?.[5] === undefined ? "Z" : ""));
  if (!match || !isDay(match[1] ?? "") || Number.isNaN(instant.getTime())) {
    throw new Error("write an instant as 2026-11-20 10:30:00 (UTC) or 2026-11-20T10:30:00+01:00.");
  }
  return `TIMESTAMP '${instant.toISOString().slice(0, 23).replace("T", " ")}'`;
}

/** Whether the text is a day of the calendar, `yyyy-MM-dd`. */
export function isDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(instant.getTime()) &&
    instant.toISOString().startsWith(text)
  );
}
