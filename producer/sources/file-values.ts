import { textKindOf } from "../../schema/infer/text-kind.ts";
import { parseAsWritten, WrittenNumber } from "../../schema/infer/written-number.ts";
import { parseCombined } from "./combined-log.ts";
import { csvRows, isCsvName, problemOfRow } from "./csv.ts";
import { InputError } from "./input-error.ts";
import { blankError, linesToInspect, otherFormatError } from "./line-format.ts";
import { checkFile, fileBytes } from "./open-bytes.ts";
import { readLines } from "./read-lines.ts";
import { lineStart, type SourceEvent } from "./source-event.ts";

/**
 * The events of a file whose dataset nobody knows yet, as values with numbers as they are written: NDJSON, an access log
 * in combined format, or CSV by its name (.csv, .tsv); each plain or gzip. A line that is no event is undefined.
 * @throws {InputError} when the file cannot be read, is empty, is gzip cut short, or is none of these.
 */
export async function* fileValues(path: string): AsyncGenerator<unknown> {
  const bytes = fileBytes(path, await checkFile(path));
  yield* isCsvName(path) ? valuesOfRows(bytes, path) : valuesOfLines(bytes, path);
}

async function* valuesOfLines(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<unknown> {
  let first: SourceEvent | undefined;
  let lines = 0;
  let isFormat = false;
  for await (const event of readLines(bytes, path)) {
    first ??= event;
    const value = event.problem === undefined ? valueOfLine(event.line) : undefined;
    isFormat ||= value !== undefined;
    if (!isFormat && ++lines >= linesToInspect) break;
    yield value;
  }
  if (isFormat) return;
  if (!first) throw blankError(path);
  throw (
    otherFormatError(first, path) ??
    new InputError(
      `${path}:${first.place?.lineNumber ?? 1} is neither JSON nor in combined log format: ${lineStart(first.line)}\n` +
        "Give it one JSON object a line, an access log in combined format, or a .csv or .tsv file with a header.",
    )
  );
}

function valueOfLine(line: string): unknown {
  try {
    const value = parseAsWritten(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return parseCombined(line);
  }
}

async function* valuesOfRows(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<unknown> {
  let header: readonly string[] | undefined;
  let rows = 0;
  for await (const { fields } of csvRows(bytes, path)) {
    if (!header) {
      header = headerOf(fields ?? [], path);
      continue;
    }
    rows++;
    const isRow = fields && problemOfRow(fields, header.length) === undefined;
    yield isRow ? Object.fromEntries(header.map((name, at) => [name, valueOfField(fields[at]!)])) : undefined;
  }
  if (!header) throw blankError(path);
  if (rows === 0) throw new InputError(`${path} has a header and no rows: it has no events.`);
}

/** The names of the columns: `Risk Category` is read for the column `Risk_Category`. */
function headerOf(fields: readonly string[], path: string): string[] {
  const names = fields.map((field) => field.trim().replaceAll(/[\s-]+/g, "_"));
  const value = fields.find((field) => !["other", "empty"].includes(textKindOf(field.trim()).kind));
  const twice = names.find((name, at) => names.findIndex((each) => same(each, name)) < at);
  let problem: string | undefined;
  if (value !== undefined) problem = `its first line holds a value, ${lineStart(value)}, so it has no header`;
  else if (names.includes("")) problem = `column ${names.indexOf("") + 1} of its header has no name`;
  else if (twice !== undefined) problem = `its header has ${lineStart(twice)} twice`;
  if (problem === undefined) return names;
  throw new InputError(`${path}: ${problem}. Write a first line that names each column once.`);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The value that a field's text looks like; an empty one is null. Digits after a zero, such as 007, are text. */
function valueOfField(text: string): unknown {
  if (text === "") return null;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return textKindOf(text).kind === "number" ? new WrittenNumber(text) : text;
}
