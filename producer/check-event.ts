import type { Dataset } from "../schema/dataset.ts";
import { idColumnOf, newEventId } from "./event-id.ts";
import type { SourceEvent } from "./sources/source-event.ts";
import { eventValidator } from "./validate.ts";

/** A line that is ready to be packed. */
export interface CheckedEvent {
  /** The event's JSON with its id; an event with a problem is as it came. */
  readonly line: string;
  readonly place?: SourceEvent["place"];
  /** Why Firehose would not make a row of it, or not the row that is meant, in words that follow its place. */
  readonly problem?: string;
}

/** Reads each line as JSON, gives it an id where it has none, and tells what is wrong with it. */
export function eventChecker(dataset: Dataset): (event: SourceEvent) => CheckedEvent {
  const idColumn = idColumnOf(dataset);
  const problemOf = eventValidator(dataset);

  return (event) => {
    if (event.problem !== undefined) return event;
    let value: unknown;
    try {
      value = JSON.parse(event.line);
    } catch {
      return { ...event, problem: "is not JSON" };
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { ...event, problem: `is JSON but no object: it starts with ${event.line.trim().slice(0, 1)}` };
    }
    const fields = value as Record<string, unknown>;
    const line = withId(event, fields, idColumn);
    const problem = problemOf(fields);
    return problem === undefined ? { line, place: event.place } : { line, place: event.place, problem };
  };
}

/** The event's text with an id; `fields` gets it too. The text stays as it came where it can: numbers keep their digits. */
function withId(
  event: SourceEvent,
  fields: Record<string, unknown>,
  { name, columnName }: { name: string; columnName: string },
): string {
  if (typeof fields[name] === "string") return event.line;
  // The OpenX SerDe lower-cases keys, so an id in another case is one (aws-semantics 1.4).
  const key = Object.keys(fields).find((candidate) => candidate.toLowerCase() === columnName);
  if (key !== undefined && fields[key] !== null) return event.line;

  const id = newEventId(event.line, event.place);
  if (key !== undefined) {
    fields[key] = id;
    return JSON.stringify(fields);
  }
  const isEmpty = Object.keys(fields).length === 0;
  fields[name] = id;
  const body = event.line.slice(0, event.line.lastIndexOf("}")).trimEnd();
  return `${body}${isEmpty ? "" : ","}${JSON.stringify(name)}:"${id}"}`;
}
