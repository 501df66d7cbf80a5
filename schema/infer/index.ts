import {
  columnNameProblems,
  defineDataset,
  type ColumnDefinition,
  type DatasetDefinition,
} from "../dataset.ts";
import { dayOf } from "../sample/times.ts";
import { count, few, typeOf } from "./column-type.ts";
import { describe, hasFewValues, instantsOf } from "./describe.ts";
import { Fields, mostKeys, type Field } from "./fields.ts";
import { eventIdOf, eventTimeOf, sessionIdOf, type SeenColumn } from "./roles.ts";
import { Shape } from "./shape.ts";
import { WrittenNumber } from "./written-number.ts";

export interface InferOptions {
  /** The dataset's name: lower-case words joined by hyphens, 1-24 characters. */
  readonly name: string;
  /** The IANA time zone whose days the analysts mean. Default: `UTC`. */
  readonly timeZone?: string | undefined;
}

/** A dataset that events show, and what they do not show for sure. */
export interface InferredDataset {
  /** A declaration that `defineDataset` takes. */
  readonly definition: DatasetDefinition<Record<string, ColumnDefinition>>;
  /** How many events were looked at. */
  readonly events: number;
  /** Each one sentence, with the column's name and counts. */
  readonly doubts: readonly string[];
}

/** Events that show no dataset. The message says why, and what to do. */
export class InferenceError extends Error {
  override name = "InferenceError";
}

/** Fewer events than that say little of what is always there. */
const fewEvents = 100;
/** Before that year hardly any event was sent. */
const firstYear = 2000;
/** Names for the event id of a dataset that has none. */
const ownIdNames = ["event_id", "event_uuid", "event_key"];

/**
 * The dataset that a sample of events shows: columns with their types, what is required, event time, ids. All events are
 * looked at, one by one, in memory that depends on the number of different keys alone.
 * @param events each a JSON value with numbers as JavaScript has them, or as `parseAsWritten` gives them. What is no
 *   object is left out, and told.
 * @throws {InferenceError} when there are no events, more than 1,000 different keys, or no time that Firehose reads.
 * @throws {DatasetError} when the name or the time zone is none.
 */
export async function inferDataset(
  events: Iterable<unknown> | AsyncIterable<unknown>,
  { name, timeZone = "UTC" }: InferOptions,
): Promise<InferredDataset> {
  const doubts: string[] = [];
  const doubt = (path: string, sentence: string) => void doubts.push(`\`${path}\`: ${sentence}.`);
  const fields = new Fields(() => new Shape(true));
  let none = 0;
  for await (const event of events) {
    if (isObject(event)) fields.add(event, 0);
    else none++;
    if (fields.overflow) throw tooManyKeys(event as object);
  }
  const seen = fields.objects;
  if (seen === 0)
    throw new InferenceError(
      none === 0 ? "there are no events." : `none of ${count(none)} lines is an event.`,
    );
  if (none > 0) doubts.push(`${few(none, none + seen, "no event and left out", undefined, "line")}.`);
  if (seen < fewEvents)
    doubts.push(
      `${seen === 1 ? "There is one event" : `There are only ${count(seen)} events`}: what is required and what is not may be too strict.`,
    );

  if (fields.collisions > 0) {
    doubts.push(
      `Keys differ in case alone in ${count(fields.collisions)} of ${count(seen)} events; Firehose keeps one.`,
    );
  }

  const columns = [...fields.byName.values()].flatMap((field) => columnOf(field, seen, doubt) ?? []);
  if (columns.length === 0) throw new InferenceError(`no key can be a column.\n${doubts.join("\n")}`);
  const eventTime = eventTimeOf(columns, doubt);
  if (!eventTime) {
    throw new InferenceError(
      "no column is a time that Firehose reads: 2026-11-20T10:00:00Z, 2026-11-20 10:00:00, seconds or milliseconds since " +
        `1970 under a name such as \`time\`, or 2026-11-20. Add one to the events.\n${doubts.join("\n")}`.trimEnd(),
    );
  }
  const sessionId = sessionIdOf(columns, doubt);
  const eventId = eventIdOf(columns, seen, doubt)?.name ?? ownId(fields.byName, doubt);
  const definition: InferredDataset["definition"] = {
    name,
    description: `Inferred from ${count(seen)} event${seen === 1 ? "" : "s"}.`,
    columns: {
      ...Object.fromEntries(columns.map((column) => [column.name, column.definition])),
      ...(!columns.some((column) => column.name === eventId) && {
        [eventId]: {
          type: "string",
          description: "Identifies the event, so that a query can count it once.",
        },
      }),
    },
    eventTime: eventTime.name,
    eventId,
    ...(sessionId && { sessionId: sessionId.name }),
    timeZone,
    since: "2026-01-01",
  };
  // Its name and time zone are checked before the zone is used.
  defineDataset(definition);
  return { definition: { ...definition, since: firstDay(eventTime, timeZone, doubt) }, events: seen, doubts };
}

function tooManyKeys(event: object): InferenceError {
  const key = Object.keys(event).at(-1) ?? "";
  return new InferenceError(
    `the events have more than ${count(mostKeys)} different keys, such as "${key.slice(0, 60)}": values stand in the keys.\n` +
      "Put them into an object under one key: it becomes a map.",
  );
}

function columnOf(
  { spellings, shape }: Field<Shape>,
  events: number,
  doubt: (path: string, sentence: string) => void,
): SeenColumn | undefined {
  const [[name], ...others] = [...spellings].sort(([, a], [, b]) => b - a) as [
    [string, number],
    ...[string, number][],
  ];
  const [problem] = columnNameProblems(name);
  if (problem !== undefined) {
    doubt(
      name.slice(0, 60),
      `it is left out, as no column can have that name (${problem.replace(/\.$/, "")}); Firehose drops it: rename the key where events are made`,
    );
    return undefined;
  }
  if (others.length > 0) {
    const spelt = others.map(([other, times]) => `"${other}" (${count(times)} of ${count(events)} events)`);
    doubt(name, `it is spelt ${spelt.join(", ")} as well, which Firehose takes for the same column`);
  }
  const type = typeOf(name, shape, doubt);
  const required = shape.values >= events;
  const { description, examples } = describe(type, shape);
  if (examples && hasFewValues(shape)) {
    doubt(
      name,
      `${count(examples.length)} different values in ${count(shape.values)} events stand as examples; make them \`values\` if there can be no others`,
    );
  }
  const definition = { type, description, ...(required && { required }), ...(examples && { examples }) };
  return { name, definition, shape };
}

/** The name of a column that identifies the event, where none does. */
function ownId(
  fields: ReadonlyMap<string, Field<Shape>>,
  doubt: (path: string, sentence: string) => void,
): string {
  const name = ownIdNames.find((each) => !fields.has(each));
  if (name === undefined)
    throw new InferenceError(`no column can be the event id: ${ownIdNames.join(", ")} are no ids.`);
  doubt(
    name,
    "it was added, as no text column is an id that is another in each event; `sluice send` fills it",
  );
  return name;
}

function firstDay(
  { name, shape, definition }: SeenColumn,
  timeZone: string,
  doubt: (path: string, sentence: string) => void,
): string {
  const [first] = instantsOf(shape);
  const day =
    definition.type === "date" ? new Date(first).toISOString().slice(0, 10) : dayOf(first, timeZone);
  const year = Number(day.slice(0, 4));
  if (/^\d{4}-/.test(day) && year >= firstYear && first <= Date.now()) return day;
  const today = new Date().toISOString().slice(0, 10);
  doubt(
    name,
    `the first is ${day}, so \`since\` is today, ${today}: write the first day on which an event can arrive`,
  );
  return today;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof WrittenNumber)
  );
}
