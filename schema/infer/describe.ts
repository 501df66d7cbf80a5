import type { ColumnDefinition } from "../dataset.ts";
import { isNumeric, parseHiveType } from "../hive-type.ts";
import { count } from "./column-type.ts";
import { instantOfEpoch } from "./epoch.ts";
import type { Shape } from "./shape.ts";

/** Glue's limit for a column's comment, in characters. */
const longestDescription = 255;
/** So often must the values of a column come back on average to be shown: what does not may be somebody's own. */
const leastRepeats = 2;
const longestExample = 60;
const mostInDescription = 3;
/** Mail and IP addresses, and long numbers such as those of phones and cards, are nobody's example. */
const personal = /@|^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-f]*:[0-9a-f:]+$|(\d[ -]?){9}/i;

/** What a column's description says, and its examples: only what is in the values. */
export function describe(
  type: ColumnDefinition["type"],
  shape: Shape,
): Pick<ColumnDefinition, "description" | "examples"> {
  const examples = examplesOf(type, shape);
  const description = descriptionOf(type, shape, examples);
  return {
    description:
      description.length <= longestDescription
        ? description
        : `${description.slice(0, longestDescription - 1)}…`,
    ...(examples.length > 0 && { examples }),
  };
}

/** Whether a column has few values that come back often: then they may be all that are allowed. */
export function hasFewValues({ distinct, values, counts }: Shape): boolean {
  if (counts.text + counts.number < values || distinct.isMore) return false;
  return distinct.listed.size > 1 && values >= distinct.listed.size * leastRepeats * 5;
}

function examplesOf(type: string, shape: Shape): (string | number)[] {
  const listed = shape.distinct.byFrequency();
  if (type === "string") {
    if (shape.counts.text < shape.values) return [];
    // One that is somebody's own says that the column is of that sort.
    if (listed.some((text) => personal.test(String(text)))) return [];
    const times = [...shape.distinct.listed.values()].reduce((sum, each) => sum + each, 0);
    if (times < listed.length * leastRepeats) return [];
    const shown = listed.filter((text) => isShowable(String(text)));
    return shown.slice(0, hasFewValues(shape) ? undefined : 5);
  }
  if (type === "timestamp") {
    const [first] = listed;
    return first === undefined || /T.*Z$/.test(String(first)) ? [] : [first];
  }
  if (!isNumeric(type)) return [];
  const { least, most } = shape.numbers;
  const isHeld = parseHiveType(type).kind.endsWith("int") ? Number.isSafeInteger : Number.isFinite;
  return (hasFewValues(shape) ? listed : [...new Set([least, most])]).filter(isHeld);
}

function isShowable(text: string): boolean {
  return text !== "" && text.length <= longestExample && !/\p{C}/u.test(text);
}

function descriptionOf(type: string, shape: Shape, examples: readonly (string | number)[]): string {
  const { kind } = parseHiveType(type);
  if (shape.values === 0) return "Null in all events that were looked at.";
  if (kind === "boolean") return "True or false.";
  if (kind === "timestamp" || kind === "date") {
    const [first, last] = instantsOf(shape).map((instant) => new Date(instant).toISOString());
    if (kind === "date") return `From ${first!.slice(0, 10)} to ${last!.slice(0, 10)}.`;
    return `From ${first!.slice(0, 19)}Z to ${last!.slice(0, 19)}Z.`;
  }
  if (kind === "array") return "A list.";
  if (kind === "map") return `Values by key.`;
  if (kind === "struct") return `Has ${[...shape.fields.byName.keys()].slice(0, 10).join(", ")}.`;
  if (isNumeric(type) && !hasFewValues(shape)) return `From ${shape.numbers.least} to ${shape.numbers.most}.`;
  if (examples.length > 0) return `Such as ${examples.slice(0, mostInDescription).join(", ")}.`;
  if (shape.counts.text < shape.values) return "Text, or what else there is as its JSON.";
  const { least, most } = shape.lengths;
  return `Text of ${least === most ? count(most) : `${count(least)} to ${count(most)}`} characters.`;
}

/** The first and last instant of a column of times, milliseconds since 1970. */
export function instantsOf(shape: Shape): [first: number, last: number] {
  if (shape.instants.count > 0) return [shape.instants.least, shape.instants.most];
  const { least, most } = shape.numbers.count > 0 ? shape.numbers : shape.numberTexts;
  return [instantOfEpoch(least), instantOfEpoch(most)];
}
