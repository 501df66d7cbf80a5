import type { HiveTypeText } from "../hive-type.ts";
import { wordsOf } from "../sample/texts.ts";
import { epochTypeOf } from "./epoch.ts";
import { mostKeys } from "./fields.ts";
import type { NumberRange } from "./number-range.ts";
import type { Kind, Shape } from "./shape.ts";

/** Takes one sentence on a type that is not sure, without the key's name. */
export type Doubt = (path: string, sentence: string) => void;

const int32 = 2 ** 31;
/** So many values with the same digits after the point are no accident. */
const leastForDecimal = 10;
/** From so many different keys on an object may be a map whose keys are values. */
const leastKeysOfMap = 20;

/** What one value of a kind is, and what several are. */
const words: Record<Kind, readonly [one: string, several: string]> = {
  boolean: ["true or false", "true or false"],
  number: ["a number", "numbers"],
  text: ["text", "text"],
  object: ["an object", "objects"],
  array: ["an array", "arrays"],
  deep: ["nested too deeply to look into", "nested too deeply to look into"],
};

/** The smallest Hive type that holds all the values of a key, as Firehose converts them. */
export function typeOf(path: string, shape: Shape, doubt: Doubt): HiveTypeText {
  const [kind, ...others] = shape.kinds;
  if (kind === undefined) {
    doubt(
      path,
      `it is null wherever it is, ${count(shape.nulls)} times, so it is a string, which takes any value`,
    );
    return "string";
  }
  if (others.length > 0 || kind === "deep") {
    doubt(path, mixed(shape));
    return "string";
  }
  switch (kind) {
    case "boolean":
      return "boolean";
    case "number":
      return numberType(path, shape.numbers, doubt);
    case "text":
      return textType(path, shape, doubt);
    case "array": {
      const elements = shape.elements!;
      if (elements.values > 0 || elements.nulls > 0) return `array<${typeOf(`${path}[]`, elements, doubt)}>`;
      doubt(path, "all arrays are empty, so it is an array of strings, which take any value");
      return "array<string>";
    }
    case "object":
      return objectType(path, shape, doubt);
  }
}

/** Whether the values are of several kinds, so that they are a string. */
function isMixed(shape: Shape): boolean {
  return shape.kinds.length > 1 || shape.counts.deep > 0;
}

function mixed(shape: Shape): string {
  const { counts, values } = shape;
  const [most, ...rest] = shape.kinds.sort((a, b) => counts[b] - counts[a]);
  const fewer = rest.map((kind) => few(counts[kind], values, ...words[kind]));
  const which =
    rest.length > 0 ? `${fewer.join(", ")}, the others ${words[most!][1]}` : `they are ${words[most!][1]}`;
  return `${which}, so it is a string: Firehose keeps what is no text as its JSON, a producer's check takes text alone`;
}

function numberType(path: string, range: NumberRange, doubt: Doubt): HiveTypeText {
  const epoch = epochTypeOf(wordsOf(path), range);
  if (epoch.doubt !== undefined) doubt(path, epoch.doubt);
  if (epoch.isTimestamp) return "timestamp";
  if (range.decimals !== undefined && range.decimals >= 2 && range.count >= leastForDecimal) {
    doubt(
      path,
      `all ${count(range.count)} values have ${range.decimals} digits after the point, so it is a decimal; ` +
        "it would round a value with more: make it a double then",
    );
    return `decimal(${Math.max(18, integerDigits(range) + range.decimals)},${range.decimals})`;
  }
  if (range.huge > 0) {
    doubt(
      path,
      `${few(range.huge, range.count, "beyond the 64 bits of a bigint")}, so it is a double, ` +
        "which loses digits: send them as text to keep them",
    );
    return "double";
  }
  if (range.fractions > 0) return "double";
  if (range.inexact > 0) {
    doubt(
      path,
      `${few(range.inexact, range.count, "beyond the 53 bits that JavaScript holds exactly")}; ` +
        "Firehose and Athena hold them",
    );
  }
  return range.least >= -int32 && range.most < int32 ? "int" : "bigint";
}

function integerDigits({ least, most }: NumberRange): number {
  return String(Math.trunc(Math.max(Math.abs(least), Math.abs(most)))).length;
}

function textType(path: string, shape: Shape, doubt: Doubt): HiveTypeText {
  const { texts, firstOf } = shape;
  const total = shape.counts.text;
  if (texts.timestamp === total) return "timestamp";
  if (texts.date === total) return "date";
  if (texts.number === total) {
    if (epochTypeOf(wordsOf(path), shape.numberTexts).isTimestamp) return "timestamp";
    doubt(
      path,
      `${count(total)} of ${count(total)} values are numbers written as text, so it is a string: send numbers to count with them`,
    );
    return "string";
  }
  const times = texts.timestamp + texts.date + texts.offset;
  if (texts.offset > 0 && times === total) {
    doubt(
      path,
      `${few(texts.offset, total, "a time", "times")} with an offset such as "${firstOf.offset}", which Firehose ` +
        "reads as no timestamp, so it is a string: send them in UTC, as 2026-11-20T10:00:00Z",
    );
  } else if (times > total / 2) {
    const [some, are]: [number, [one: string, several?: string]] =
      texts.other > 0
        ? [texts.other, [`no time, such as "${firstOf.other}"`]]
        : texts.empty > 0
          ? [texts.empty, ["empty"]]
          : texts.number > 0
            ? [texts.number, ["a number", "numbers"]]
            : [texts.date, ["a day without a time", "days without a time"]];
    doubt(
      path,
      `${few(some, total, ...are)}, so it is a string and no ${texts.date === times ? "date" : "timestamp"}`,
    );
  }
  return "string";
}

/** A struct where keys are names, a map where they are values, else a string: Firehose keeps an object's JSON there. */
function objectType(path: string, { fields, counts }: Shape, doubt: Doubt): HiveTypeText {
  const keys = fields.byName.size;
  if (keys === 0 && !fields.overflow) {
    doubt(path, "all objects are empty, so it is a map of strings, which take any value");
    return "map<string,string>";
  }
  const together = fields.together();
  const filled = (together.values + together.nulls) / (keys * fields.objects);
  const names = [...fields.byName].filter(([name]) => /^[a-z][a-z0-9_]*$/.test(name));
  const hasManyKeys = fields.overflow !== undefined || (keys >= leastKeysOfMap && filled < 0.5);
  if (fields.overflow || (!isMixed(together) && (hasManyKeys || names.length < keys))) {
    doubt(
      path,
      fields.overflow
        ? `its ${count(counts.object)} objects have more than ${count(mostKeys)} different keys, so it is a map`
        : hasManyKeys
          ? `its ${count(counts.object)} objects have ${count(keys)} different keys, few of which come together, so it is a map`
          : `its keys are no names of fields, such as "${firstOther(fields.byName.keys(), names)}", so it is a map`,
    );
    return `map<string,${typeOf(`${path}{}`, together, doubt)}>`;
  }
  if (names.length === 0) {
    doubt(
      path,
      "its keys are no names of fields and its values of several types, so it is a string with the object's JSON",
    );
    return "string";
  }
  if (names.length < keys) {
    const left = [...fields.byName.keys()].filter((key) => !names.some(([name]) => name === key));
    doubt(
      path,
      `the keys ${left
        .map((key) => `"${key}"`)
        .slice(0, 5)
        .join(", ")} are no names of fields and are left out`,
    );
  }
  if (fields.collisions > 0) {
    doubt(
      path,
      `keys differ in case alone in ${count(fields.collisions)} of ${count(fields.objects)} objects; Firehose keeps one`,
    );
  }
  return `struct<${names.map(([name, { shape }]) => `${name}:${typeOf(`${path}.${name}`, shape, doubt)}`).join(",")}>`;
}

function firstOther(keys: Iterable<string>, names: readonly (readonly [string, unknown])[]): string {
  return [...keys].find((key) => !names.some(([name]) => name === key)) ?? "";
}

/** Some of many values, as messages say it: `3 of 10,000 values are text`. @param one what one of them is. */
export function few(some: number, all: number, one: string, several = one, what = "value"): string {
  const are = some === 1 ? `is ${one}` : `are ${several}`;
  return `${count(some)} of ${count(all)} ${what}${all === 1 ? "" : "s"} ${are}`;
}

/** A number as messages write it. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}
