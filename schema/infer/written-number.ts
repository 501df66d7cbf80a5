/** A number as it is written, where a JavaScript number does not tell it: `1.0`, `1e3`, 20 digits, a field of CSV. */
export class WrittenNumber {
  readonly value: number;
  readonly source: string;

  constructor(source: string) {
    this.value = Number(source);
    this.source = source;
  }
}

/** Reading every number as it is written takes several times as long: only texts that may hold such a one are. */
const mayBeWritten = /\d\.0+(?!\d)|\d[eE][+-]?\d|\d{16}/;

/**
 * The value of a JSON document, with a `WrittenNumber` where JavaScript would forget how a number is written.
 * @throws {SyntaxError} when it is no JSON.
 */
export function parseAsWritten(text: string): unknown {
  if (!mayBeWritten.test(text)) return JSON.parse(text) as unknown;
  const reviver = (_key: string, value: unknown, { source = "" }: { source?: string }) =>
    typeof value === "number" && String(value) !== source ? new WrittenNumber(source) : value;
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown) as unknown;
}
