import type { DuckDBValue } from "@duckdb/node-api";
import { doesNotMatch } from "./conversion-failure.ts";
import { NeedsDigits, parseWithNumbers } from "./json-number.ts";
import { coerceTo, keyName, type Coerce, type OpenXOptions } from "./open-x.ts";

/** A column of the declared table. */
export interface TableColumn {
  readonly name: string;
  /** The Glue type. */
  readonly type: string;
}

/** Keys seen before; beyond this many, a producer puts values into keys, and remembering them is no use. */
const mostKnownKeys = 10_000;

/** Converts JSON documents into rows of a table. */
export class RowConverter {
  readonly #columnCount: number;
  readonly #coercions: readonly Coerce[];
  readonly #columnOfKeyName: ReadonlyMap<string, number>;
  readonly #options: OpenXOptions;
  /** From a key as it is written to its column; -1 for none. */
  readonly #columnOfKey = new Map<string, number>();

  /** @throws {Error} when a column has an unknown type. */
  constructor(columns: readonly TableColumn[], options: OpenXOptions) {
    this.#options = options;
    this.#columnCount = columns.length;
    this.#coercions = columns.map((column) => coerceTo(column.type, options));
    this.#columnOfKeyName = new Map(
      columns.map(({ name }, index) => [
        keyName(options.columnToJsonKeyMappings[name] ?? name, {
          ...options,
          convertDotsInJsonKeysToUnderscores: false,
        }),
        index,
      ]),
    );
  }

  /**
   * The row of a document: one value per column, null for what is missing. Keys without a column are dropped.
   * @param text the document again, for numbers that are needed to the last digit.
   * @throws {ConversionFailure}
   */
  rowOf(document: unknown, text: string): DuckDBValue[] {
    try {
      return this.#rowWithDigits(document, text);
    } catch (error) {
      // The call stack's size: an event that nobody means, but that must not hold up all others.
      if (error instanceof RangeError) throw doesNotMatch("The document is nested too deeply.");
      throw error;
    }
  }

  #rowWithDigits(document: unknown, text: string): DuckDBValue[] {
    try {
      return this.#row(document);
    } catch (error) {
      if (error instanceof NeedsDigits) return this.#row(parseWithNumbers(text));
      throw error;
    }
  }

  #row(document: unknown): DuckDBValue[] {
    if (typeof document !== "object" || document === null || Array.isArray(document)) {
      throw doesNotMatch("A JSON object is required.");
    }
    const row = new Array<DuckDBValue>(this.#columnCount).fill(null);
    const json = document as Record<string, unknown>;
    for (const key in json) {
      const column = this.#columnOfKey.get(key) ?? this.#findColumn(key);
      const value = json[key];
      if (column < 0 || value === null) continue;
      row[column] = (this.#coercions[column] as Coerce)(value);
    }
    return row;
  }

  #findColumn(key: string): number {
    const column = this.#columnOfKeyName.get(keyName(key, this.#options)) ?? -1;
    if (this.#columnOfKey.size < mostKnownKeys) this.#columnOfKey.set(key, column);
    return column;
  }
}
