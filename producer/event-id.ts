import { hash, randomUUID } from "node:crypto";
import type { Column, Dataset } from "../schema/dataset.ts";
import type { Place } from "./sources/source-event.ts";

/** The column that identifies an event of a dataset. */
export function idColumnOf(dataset: Dataset): Column {
  const column = dataset.columns.find(({ columnName }) => columnName === dataset.eventId);
  if (!column) throw new Error(`dataset "${dataset.name}" has no column "${dataset.eventId}".`);
  return column;
}

/**
 * The id of an event that has none. From a file it follows from the input's first line, the line's number and its text
 * (32 hexadecimal digits of SHA-256): a file that is sent twice, under whatever name, gives the same ids, so a query
 * sees the duplicates, while two equal lines of one file stay two events. From anywhere else it is a random UUID.
 */
export function newEventId(line: string, place: Place | undefined): string {
  if (!place) return randomUUID();
  return hash("sha256", `${place.fingerprint}\n${place.lineNumber}\n${line}`, "hex").slice(0, 32);
}
