import type { Dataset } from "../../schema/dataset.ts";
import { parseCombined, takesCombined } from "./combined-log.ts";
import { InputError } from "./input-error.ts";
import { lineStart, type SourceEvent } from "./source-event.ts";

/** `ndjson`: one JSON object a line. `combined`: an access log in combined format. */
export type LineFormat = "ndjson" | "combined";

/** How many lines are looked at to tell what an input is. */
export const linesToInspect = 100;

/**
 * Reads lines as events: NDJSON is passed on as it is, an access log is made into events. The format is told by the
 * first lines, before any event is handed out. A single bad line among good ones is handed out with its problem.
 * @throws {InputError} when none of the first lines is an event.
 */
export async function* eventsOfLines(
  lines: AsyncIterable<SourceEvent>,
  dataset: Dataset,
  name: string,
): AsyncGenerator<SourceEvent> {
  const head: SourceEvent[] = [];
  let format: LineFormat | undefined;
  for await (const event of lines) {
    if (format !== undefined) {
      yield inFormat(event, format);
      continue;
    }
    head.push(event);
    format = formatOfLine(event.line, dataset);
    if (format === undefined && head.length >= linesToInspect) break;
    if (format === undefined) continue;
    for (const waiting of head) yield inFormat(waiting, format);
  }
  if (format === undefined) throw formatError(head[0], dataset, name);
}

/** Reads one line in a format. */
export function inFormat(event: SourceEvent, format: LineFormat): SourceEvent {
  if (format === "ndjson" || event.problem !== undefined) return event;
  const parsed = parseCombined(event.line);
  if (parsed) return { ...event, line: JSON.stringify(parsed) };
  return { ...event, problem: "is not in combined log format, or is cut off" };
}

/** The format in which a line is an event, if there is one. */
export function formatOfLine(line: string, dataset: Dataset): LineFormat | undefined {
  if (takesCombined(dataset) && parseCombined(line)) return "combined";
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? "ndjson" : undefined;
  } catch {
    return undefined;
  }
}

function formatError(first: SourceEvent | undefined, dataset: Dataset, name: string): InputError {
  if (!first) return blankError(name);
  const other = otherFormatError(first, name);
  if (other) return other;
  if (parseCombined(first.line)) {
    return new InputError(
      `${name} is an access log, but the dataset ${dataset.name} has no columns for one ` +
        "(time, remote_addr, method, path, protocol, status, bytes, referer, user_agent). Choose another with --dataset.",
    );
  }
  const isLog = takesCombined(dataset);
  return new InputError(
    `${name}:${first.place?.lineNumber ?? 1} is ${isLog ? "neither JSON nor in combined log format" : "not JSON"}: ${lineStart(first.line)}\n` +
      `Give it one JSON object a line${isLog ? ", or an access log in combined format" : ""}.`,
  );
}

/** An input without any event. */
export function blankError(name: string): InputError {
  return new InputError(`${name} holds nothing but blank lines: it has no events.`);
}

/** What to do with an input that is no lines of JSON but can be made into some, by its first line. */
export function otherFormatError(first: SourceEvent, name: string): InputError | undefined {
  if (first.line.trimStart().startsWith("[")) {
    return new InputError(
      `${name} is a JSON array; events are one JSON object a line.\nConvert it: jq -c '.[]' ${name} > events.ndjson`,
    );
  }
  if (first.line.trim() === "{") {
    return new InputError(
      `${name} has JSON objects over several lines; events are one JSON object a line.\nConvert it: jq -c . ${name} > events.ndjson`,
    );
  }
  return undefined;
}
