import { integerRanges, isNumeric, parseHiveType, rangeOf, type HiveTypeText } from "./hive-type.ts";

/** What a column holds: its type, and what more is said of its values. */
export interface ColumnValues {
  /** The Glue type: `string`, `int`, `double`, `timestamp`, `array<string>`, ... */
  readonly type: HiveTypeText;
  /** The only values that an event may have here, as its JSON has them. 1-1000 of them. Default: any of the type. */
  readonly values?: readonly (string | number)[] | undefined;
  /** Values that show what an event has here: for the dictionary, and for a sample. Default: none. */
  readonly examples?: readonly (string | number | boolean)[] | undefined;
  /** The least number that an event may have here. Default: the type's. */
  readonly minimum?: number | undefined;
  /** The greatest number that an event may have here. Default: the type's. */
  readonly maximum?: number | undefined;
}

/** The most allowed values of a column: they stand in a parameter of the Glue table. */
const mostValues = 1000;

/** What is wrong with the allowed values, examples and range of a column, each as one sentence. */
export function valueProblems({ type, values, examples = [], minimum, maximum }: ColumnValues): string[] {
  const problems: string[] = [];
  const [least, most] = rangeOfText(type);
  for (const [key, bound] of Object.entries({ minimum, maximum })) {
    if (bound === undefined) continue;
    if (!isNumeric(type)) problems.push(`${key} ${bound}: a column of type ${type} has no range.`);
    else if (!isHeld(bound, type, least, most)) {
      problems.push(`${key} ${bound}: write a number that ${type} holds.`);
    }
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    problems.push(`minimum ${minimum} is above maximum ${maximum}. Exchange them.`);
  }
  if (values && (values.length < 1 || values.length > mostValues)) {
    problems.push(`values: list 1-${mostValues}, or none for any.`);
  }
  for (const [key, listed] of [
    ["values", values ?? []],
    ["examples", examples],
  ] as const) {
    const wrong = listed.find((value) => !fits(value, type, minimum, maximum));
    if (wrong !== undefined) {
      const range = minimum === undefined && maximum === undefined ? "" : " in its range";
      problems.push(`${key}: ${JSON.stringify(wrong)} is no ${type}${range}.`);
    }
  }
  if (values) {
    const twice = values.find((value, index) => values.indexOf(value) < index);
    if (twice !== undefined) problems.push(`values: ${JSON.stringify(twice)} is listed twice.`);
    const foreign = examples.find((value) => !(values as readonly unknown[]).includes(value));
    if (foreign !== undefined) problems.push(`examples: ${JSON.stringify(foreign)} is none of the values.`);
  }
  return problems;
}

/** Whether a number is within a range, and whole where its type's are. */
function isHeld(value: number, type: HiveTypeText, least: number, most: number): boolean {
  return (
    Number.isFinite(value) &&
    value >= least &&
    value <= most &&
    (!(type in integerRanges) || Number.isInteger(value))
  );
}

/** A type that is none is told of elsewhere. */
function rangeOfText(type: HiveTypeText): readonly [least: number, most: number] {
  try {
    return rangeOf(parseHiveType(type));
  } catch {
    return [-Infinity, Infinity];
  }
}

/** Whether a value, as JSON has it, is one of a column. Texts of dates and times are the validator's to read. */
function fits(value: unknown, type: HiveTypeText, minimum = -Infinity, maximum = Infinity): boolean {
  if (isNumeric(type)) {
    const [least, most] = rangeOfText(type);
    return (
      typeof value === "number" && isHeld(value, type, Math.max(minimum, least), Math.min(maximum, most))
    );
  }
  if (type === "boolean") return typeof value === "boolean";
  if (type === "timestamp") return typeof value === "string" || typeof value === "number";
  return typeof value === "string" && (type === "string" || type === "date");
}
