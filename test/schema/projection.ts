import assert from "node:assert/strict";

/** What Athena reads from a Glue table's parameters about one partition column of type date (aws-semantics 4.5). */
export interface DateProjection {
  /** Whether Athena generates this value at the moment `now`. */
  readonly generates: (value: string, now: Date) => boolean;
  /** All values that Athena generates at the moment `now`, first to last. */
  readonly values: (now: Date) => string[];
}

type Unit = "HOURS" | "DAYS" | "MONTHS";

/**
 * Partition projection by the Athena guide's words, and by no code of the layout: a range is inclusive, `NOW` is the
 * current time in UTC, values are the steps from the range's start in UTC, written in the format.
 */
export function dateProjection(parameters: Record<string, string>, column: string): DateProjection {
  const parameter = (name: string) => {
    const value = parameters[`projection.${column}.${name}`];
    if (value === undefined) throw new Error(`projection.${column}.${name} is missing`);
    return value;
  };
  if (parameters["projection.enabled"] !== "true") throw new Error("projection is not enabled");
  if (parameter("type") !== "date") throw new Error("not a date projection");
  const format = parameter("format");
  const unit = parameter("interval.unit") as Unit;
  const step = Number(parameter("interval"));
  const [start = "", end = ""] = parameter("range").split(",");

  const bound = (text: string, now: Date): Date => {
    const relative = /^NOW(?:([+-]\d+)(HOURS|DAYS|MONTHS))?$/.exec(text);
    if (!relative) return parse(text, format);
    return relative[1] === undefined ? now : add(now, Number(relative[1]), relative[2] as Unit);
  };
  const last = (now: Date) => write(bound(end, now), format);
  return {
    // Steps of one unit leave no gap, so what the format takes and what lies in the range is generated.
    generates: (value, now) =>
      step === 1 && write(parse(value, format), format) === value && start <= value && value <= last(now),
    values: (now) => {
      const values: string[] = [];
      for (let at = bound(start, now); write(at, format) <= last(now); at = add(at, step, unit)) {
        values.push(write(at, format));
      }
      return values;
    },
  };
}

/** The letters of Java's DateTimeFormatter that our formats use. */
const fields: Record<string, (date: Date) => string> = {
  yyyy: (date) => date.toISOString().slice(0, 4),
  MM: (date) => date.toISOString().slice(5, 7),
  dd: (date) => date.toISOString().slice(8, 10),
  HH: (date) => date.toISOString().slice(11, 13),
};

function write(date: Date, format: string): string {
  return format.replaceAll(/[A-Za-z]+/g, (letters) => {
    const field = fields[letters];
    if (!field) throw new Error(`the format ${format} holds ${letters}`);
    return field(date);
  });
}

function parse(text: string, format: string): Date {
  const at = (letters: string, otherwise: number) => {
    const start = format.indexOf(letters);
    return start < 0 ? otherwise : Number(text.slice(start, start + letters.length));
  };
  return new Date(Date.UTC(at("yyyy", 0), at("MM", 1) - 1, at("dd", 1), at("HH", 0)));
}

function add(date: Date, count: number, unit: Unit): Date {
  const moved = new Date(date);
  if (unit === "HOURS") moved.setUTCHours(moved.getUTCHours() + count);
  if (unit === "DAYS") moved.setUTCDate(moved.getUTCDate() + count);
  if (unit === "MONTHS") moved.setUTCMonth(moved.getUTCMonth() + count);
  return moved;
}

/** Whether a WHERE clause selects a partition: text is compared as Athena compares varchar. */
export function selects(whereClause: string, partition: string): boolean {
  const [, first, last] = /^dt BETWEEN '(\S+)' AND '(\S+)'$/.exec(whereClause) ?? [];
  assert.ok(first !== undefined && last !== undefined, whereClause);
  return first <= partition && partition <= last;
}
