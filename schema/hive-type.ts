/**
 * The Glue (Hive) column types that Firehose can convert JSON into, as text such as `bigint` or
 * `array<struct<name:string>>`, and as a tree that the derivations walk.
 *
 * Source: Athena user guide, "Data types in Athena"; Firehose takes Hive types only (aws-semantics 1.4).
 */
export type HivePrimitive =
  | "string"
  | "boolean"
  | "tinyint"
  | "smallint"
  | "int"
  | "bigint"
  | "float"
  | "double"
  | "date"
  | "timestamp";

/** A column type as it is written in a dataset and in the Glue table. */
export type HiveTypeText =
  | HivePrimitive
  | `decimal(${number},${number})`
  | `array<${string}>`
  | `map<${string}>`
  | `struct<${string}>`;

export type HiveType =
  | { kind: HivePrimitive }
  | { kind: "decimal"; precision: number; scale: number }
  | { kind: "array"; element: HiveType }
  | { kind: "map"; value: HiveType }
  | { kind: "struct"; fields: { name: string; type: HiveType }[] };

const primitives = new Set<string>([
  "string",
  "boolean",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "float",
  "double",
  "date",
  "timestamp",
] satisfies HivePrimitive[]);

/** The least and greatest value of each integer type. A bigint's are those that a JSON number holds exactly. */
export const integerRanges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  tinyint: [-128, 127],
  smallint: [-32_768, 32_767],
  int: [-2_147_483_648, 2_147_483_647],
  bigint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/** The least and greatest number of a type; infinite where it is no number or nothing bounds it. */
export function rangeOf(type: HiveType): readonly [least: number, most: number] {
  if (type.kind === "float") return [-3.402_823_466_385_288_6e38, 3.402_823_466_385_288_6e38];
  if (type.kind === "decimal") {
    // All its digits are nines: as many of them as a double tells apart.
    const most = 10 ** (type.precision - type.scale) * (1 - 10 ** -Math.min(type.precision, 15));
    return [-most, most];
  }
  return integerRanges[type.kind] ?? [-Infinity, Infinity];
}

/** Whether the values of a type are whole numbers. */
export function isInteger(type: HiveType): boolean {
  return type.kind in integerRanges;
}

/** Whether the values of a type are numbers. */
export function isNumeric(type: string): boolean {
  return type in integerRanges || type === "float" || type === "double" || type.startsWith("decimal(");
}

/**
 * Reads a Hive type.
 * @throws {Error} naming the text and the types that are known, when `text` is none of them.
 */
export function parseHiveType(text: string): HiveType {
  const type = text.trim().toLowerCase();
  if (primitives.has(type)) return { kind: type as HivePrimitive };

  const decimal = /^decimal\((\d+),\s*(\d+)\)$/.exec(type);
  if (decimal) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2])];
    if (precision < 1 || precision > 38 || scale > precision) {
      throw new Error(`"${text}" is not a decimal: precision is 1-38, scale at most the precision.`);
    }
    return { kind: "decimal", precision, scale };
  }

  const nested = /^(array|map|struct)<(.*)>$/.exec(type);
  if (nested?.[1] === "array") return { kind: "array", element: parseHiveType(nested[2] ?? "") };
  if (nested?.[1] === "map") {
    const [key, value, ...rest] = splitTopLevel(nested[2] ?? "");
    if (key?.trim() !== "string" || value === undefined || rest.length > 0) {
      throw new Error(`"${text}" is not a map: write map<string,VALUE>; JSON keys are strings.`);
    }
    return { kind: "map", value: parseHiveType(value) };
  }
  if (nested?.[1] === "struct") {
    const fields = splitTopLevel(nested[2] ?? "").map((field) => {
      const [, name, fieldType] = /^\s*([a-z][a-z0-9_]*)\s*:(.*)$/.exec(field) ?? [];
      if (name === undefined || fieldType === undefined) {
        throw new Error(`"${text}" is not a struct: write struct<name:TYPE,...>.`);
      }
      return { name, type: parseHiveType(fieldType) };
    });
    const names = fields.map((field) => field.name);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) {
      throw new Error(`"${text}" has two fields "${twice}" after lower-casing. Rename one.`);
    }
    return { kind: "struct", fields };
  }

  throw new Error(
    `unknown type "${text}". Use ${[...primitives].join(", ")}, decimal(p,s), array<T>, map<string,T> or struct<name:T,...>.`,
  );
}

/** Splits at the commas that stand outside of `<...>` and `(...)`. */
export function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "<" || c === "(") depth++;
    else if (c === ">" || c === ")") depth--;
    else if (c === "," && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
