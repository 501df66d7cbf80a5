import type { Dataset } from "../../datasets/dataset.ts";
import { parseCombined } from "./combined-log.ts";
import { InputError } from "./input-error.ts";
import { checkFile, fileBytes } from "./open-bytes.ts";
import { readLines } from "./read-lines.ts";
import { lineStart, type SourceEvent } from "./source-event.ts";

/** `ndjson`: one JSON object a line. `combined`: an access log in combined format. */
export type LineFormat = "ndjson" | "combined";

/** How many lines are looked at to tell what an input is. */
const linesToJudge = 100;

/**
 * The events of a file, plain or gzip, after a look at it: what is thrown here is thrown before any event is handed
 * out. A single bad line among good ones is handed out with its problem.
 * @throws {InputError} when the file cannot be read, is empty, is gzip cut short, or holds no events in a format we read.
 */
export async function fileEvents(path: string, dataset: Dataset): Promise<AsyncIterable<SourceEvent>> {
  const compression = await checkFile(path);
  const format = await formatOf(readLines(fileBytes(path, compression), path), dataset, path);
  return inFormat(readLines(fileBytes(path, compression), path), format);
}

/** Reads lines in a format: NDJSON is passed on as it is, an access log is made into events. */
export async function* inFormat(
  lines: AsyncIterable<SourceEvent>,
  format: LineFormat,
): AsyncGenerator<SourceEvent> {
  if (format === "ndjson") {
    yield* lines;
    return;
  }
  for await (const event of lines) {
    const parsed = event.problem === undefined ? parseCombined(event.line) : undefined;
    if (parsed) yield { ...event, line: JSON.stringify(parsed) };
    else yield { ...event, problem: event.problem ?? "is not in combined log format, or is cut off" };
  }
}

/**
 * Tells the format by the first lines, and closes `lines`.
 * @throws {InputError} when none of them is an event.
 */
export async function formatOf(
  lines: AsyncIterable<SourceEvent>,
  dataset: Dataset,
  name: string,
): Promise<LineFormat> {
  const head: SourceEvent[] = [];
  for await (const event of lines) {
    const format = formatOfLine(event.line, dataset);
    if (format !== undefined) return format;
    head.push(event);
    if (head.length >= linesToJudge) break;
  }
  const [first] = head;
  if (!first) throw new InputError(`${name} holds blank lines only: there is nothing to send.`);
  if (first.line.trimStart().startsWith("[")) {
    throw new InputError(
      `${name} is a JSON array; events are one JSON object a line.\nConvert it: jq -c '.[]' ${name} > events.ndjson`,
    );
  }
  if (first.line.trim() === "{") {
    throw new InputError(
      `${name} has JSON objects over several lines; events are one JSON object a line.\nConvert it: jq -c . ${name} > events.ndjson`,
    );
  }
  if (parseCombined(first.line)) {
    throw new InputError(
      `${name} is an access log, but the dataset is ${dataset.name}. Send it with --dataset access-log.`,
    );
  }
  const isLog = dataset.name === "access-log";
  throw new InputError(
    `${name}:${first.place?.lineNumber ?? 1} is ${isLog ? "neither JSON nor in combined log format" : "not JSON"}: ${lineStart(first.line)}\n` +
      `Give it one JSON object a line${isLog ? ", or an access log in combined format" : ""}.`,
  );
}

function formatOfLine(line: string, dataset: Dataset): LineFormat | undefined {
  if (dataset.name === "access-log" && parseCombined(line)) return "combined";
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? "ndjson" : undefined;
  } catch {
    return undefined;
  }
}
