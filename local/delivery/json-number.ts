/** A JSON number with the digits that stand in the document, which a double may not hold. */
export class JsonNumber {
  readonly value: number;
  readonly source: string;

  constructor(value: number, source: string) {
    this.value = value;
    this.source = source;
  }

  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(this.source);
  }
}

/**
 * Thrown by a conversion that needs a number's digits: the document is then read again with `parseWithNumbers`. Reading
 * every document that way takes several times as long, and few need it.
 */
export class NeedsDigits extends Error {}

export const needsDigits = new NeedsDigits("A number's digits are needed.");

/** The value of a JSON document in which every number is a `JsonNumber`. */
export function parseWithNumbers(text: string): unknown {
  const reviver = (_key: string, value: unknown, context: { source?: string }) =>
    typeof value === "number" ? new JsonNumber(value, context.source ?? String(value)) : value;
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
}
