import { Distinct } from "./distinct.ts";
import { Fields } from "./fields.ts";
import { NumberRange } from "./number-range.ts";
import { textKindOf, type TextKind } from "./text-kind.ts";
import { WrittenNumber } from "./written-number.ts";

/** What a JSON value can be. `deep` is an object or array below the greatest depth, which is not looked into. */
export type Kind = "boolean" | "number" | "text" | "object" | "array" | "deep";

/** How deep objects and arrays are looked into: no table is that deep, and memory and stack stay small. */
const deepest = 12;

/** What is known of all the values of one key: how many of each kind, and what they have in common. */
export class Shape {
  nulls = 0;
  readonly counts: Record<Kind, number> = { boolean: 0, number: 0, text: 0, object: 0, array: 0, deep: 0 };
  readonly numbers = new NumberRange();
  readonly texts: Record<TextKind, number> = {
    timestamp: 0,
    date: 0,
    offset: 0,
    number: 0,
    empty: 0,
    other: 0,
  };
  /** The numbers among the texts. */
  readonly numberTexts = new NumberRange();
  /** The first text that is of the kind, to show. */
  readonly firstOf: Partial<Record<TextKind, string>> = {};
  /** The first and the last instant among the texts, milliseconds since 1970. */
  readonly instants = new NumberRange();
  readonly lengths = new NumberRange();
  readonly distinct: Distinct;
  readonly fields: Fields<Shape> = new Fields<Shape>(() => new Shape());
  elements: Shape | undefined;

  /** @param isColumn whether it may be an id: then its texts are compared. */
  constructor(isColumn = false) {
    this.distinct = new Distinct(isColumn);
  }

  /** How many values there are that are not null. */
  get values(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** The kinds that there are. */
  get kinds(): Kind[] {
    return (Object.keys(this.counts) as Kind[]).filter((kind) => this.counts[kind] > 0);
  }

  add(value: unknown, depth = 0): void {
    if (value === null || value === undefined) this.nulls++;
    else if (typeof value === "boolean") this.counts.boolean++;
    else if (typeof value === "number") this.#addNumber(value, value);
    else if (value instanceof WrittenNumber) this.#addNumber(value, value.value);
    else if (typeof value === "string") this.#addText(value);
    else if (depth >= deepest) this.counts.deep++;
    else if (Array.isArray(value)) {
      this.counts.array++;
      this.elements ??= new Shape();
      for (const element of value) this.elements.add(element, depth + 1);
    } else {
      this.counts.object++;
      this.fields.add(value as Record<string, unknown>, depth + 1);
    }
  }

  /** Takes in what is known of other values. */
  merge(other: Shape): void {
    this.nulls += other.nulls;
    for (const kind of other.kinds) this.counts[kind] += other.counts[kind];
    for (const kind of Object.keys(other.texts) as TextKind[]) {
      this.texts[kind] += other.texts[kind];
      const first = other.firstOf[kind];
      if (first !== undefined) this.firstOf[kind] ??= first;
    }
    for (const range of ["numbers", "numberTexts", "instants", "lengths"] as const)
      this[range].merge(other[range]);
    this.distinct.merge(other.distinct);
    this.fields.merge(other.fields);
    if (other.elements) (this.elements ??= new Shape()).merge(other.elements);
  }

  #addNumber(written: number | WrittenNumber, value: number): void {
    this.counts.number++;
    this.numbers.add(written);
    this.distinct.add(value);
  }

  #addText(text: string): void {
    this.counts.text++;
    const { kind, instant } = textKindOf(text);
    this.texts[kind]++;
    this.firstOf[kind] ??= text.slice(0, 60);
    if (instant !== undefined) this.instants.add(instant);
    if (kind === "number") this.numberTexts.add(new WrittenNumber(text));
    this.lengths.add(text.length);
    this.distinct.add(text);
  }
}
