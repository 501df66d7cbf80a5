import type { ColumnInfo, Datum } from "@aws-sdk/client-athena";

/**
 * A value of an answer:
 * - integers are numbers, and bigints beyond ±(2^53 - 1), so that no digit is lost and none is mistaken for text
 * - double and float are numbers, NaN and Infinity included; boolean is boolean; NULL is null
 * - decimal is a string of its exact digits
 * - date, time, timestamp, arrays, maps, rows and everything else are strings as Athena writes them: a timestamp has
 *   no zone, and a JavaScript Date would give it one
 */
export type AthenaValue = string | number | bigint | boolean | null;

/** A column of an answer. */
export interface ResultColumn {
  readonly name: string;
  /** The key in a row: the name, or `name_2` where an earlier column has the name already. */
  readonly key: string;
  /** Athena's type: varchar, integer, bigint, double, timestamp, array, ... */
  readonly type: string;
}

/** The columns that a result page describes. */
export function columnsOf(columnInfo: readonly ColumnInfo[]): ResultColumn[] {
  const keys = new Set<string>();
  return columnInfo.map(({ Label, Name, Type }) => {
    const name = Label ?? Name ?? "";
    let key = name;
    for (let count = 2; keys.has(key); count++) key = `${name}_${count}`;
    keys.add(key);
    return { name, key, type: (Type ?? "varchar").toLowerCase() };
  });
}

/** What a datum of a result page means, by the type of its column. */
export function valueOf(datum: Datum | undefined, type: string): AthenaValue {
  const text = datum?.VarCharValue;
  if (text === undefined) return null;
  switch (type) {
    case "tinyint":
    case "smallint":
    case "integer":
    case "int":
    case "bigint": {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : BigInt(text);
    }
    case "float":
    case "real":
    case "double":
      return Number(text);
    case "boolean":
      return text.toLowerCase() === "true";
    default:
      return text;
  }
}

/** Whether a column's values are numbers, so that they stand on the right and can be drawn. */
export function isNumeric(type: string): boolean {
  return /^(tinyint|smallint|integer|int|bigint|float|real|double|decimal)$/.test(type);
}
