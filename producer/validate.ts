import { Ajv, type ErrorObject } from "ajv";
import type { Dataset } from "../schema/dataset.ts";
import { jsonSchemaOf } from "../schema/json-schema.ts";

/**
 * Texts that the OpenX JSON SerDe reads as a timestamp: the T form strictly and without an offset, the space form
 * leniently, seconds or milliseconds since 1970 (aws-semantics 1.4).
 */
const timestampText =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z?|\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{1,2}:\d{1,2}(\.\d{1,9})?|-?\d+(\.\d+)?)$/;

/**
 * A check of a dataset's events against its JSON Schema, its timestamps by what Firehose reads, and keys by the case
 * that Firehose ignores.
 * @returns a function that gives nothing when the event is fine, else what is wrong, naming the field and the value.
 */
export function eventValidator(dataset: Dataset): (event: Record<string, unknown>) => string | undefined {
  const ajv = new Ajv({ verbose: true, allowUnionTypes: true });
  const validate = ajv.compile(jsonSchemaOf(dataset));
  const nameOf = new Map(dataset.columns.map(({ name, columnName }) => [columnName, name]));
  const timestamps = dataset.columns.filter(({ type }) => type === "timestamp").map(({ name }) => name);

  return (event) => {
    if (!validate(event)) {
      const inColumnCase = renamed(event, nameOf);
      if (!inColumnCase || !validate(inColumnCase)) return problemText(validate.errors?.[0]);
    }
    for (const name of timestamps) {
      const value = event[name];
      if (typeof value === "string" && !timestampText.test(value)) {
        return `${name} is ${shown(value)}, which Firehose reads as no timestamp: write 2026-11-20T10:00:00Z, in UTC`;
      }
    }
    return undefined;
  };
}

/** The event with its keys in the case of the columns, when another case was used. */
function renamed(
  event: Record<string, unknown>,
  nameOf: ReadonlyMap<string, string>,
): Record<string, unknown> | undefined {
  const entries = Object.entries(event);
  if (entries.every(([key]) => nameOf.get(key.toLowerCase()) === key || !nameOf.has(key.toLowerCase())))
    return undefined;
  return Object.fromEntries(entries.map(([key, value]) => [nameOf.get(key.toLowerCase()) ?? key, value]));
}

function problemText(error: ErrorObject | undefined): string {
  if (!error) return "does not match the dataset's schema";
  if (error.keyword === "required") {
    return `has no ${(error.params as { missingProperty: string }).missingProperty}, which the dataset requires`;
  }
  const field = error.instancePath.slice(1).replaceAll("/", ".");
  const rule = error.message?.replaceAll(",", " or ") ?? "does not match the schema";
  return `${field} is ${shown(error.data)}: it ${rule}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
