import { parse, type Info } from "csv-parse";
import { Readable } from "node:stream";
import type { Column, Dataset } from "../../schema/dataset.ts";
import { readableRows, type BadLine } from "./csv-rows.ts";
import { valueOfText } from "./csv-value.ts";
import { InputError } from "./input-error.ts";
import { longestLineBytes, refuseUtf16 } from "./read-lines.ts";
import { lineStart, type SourceEvent } from "./source-event.ts";

/** Whether a file is CSV by its name. */
export function isCsvName(path: string): boolean {
  return /\.(csv|tsv)(\.gz)?$/i.test(path);
}

/** A row of a CSV input with its fields as text, or a line that is none, with its problem. */
export type CsvRow = Pick<SourceEvent, "place"> &
  ({ readonly fields: readonly string[] } | (SourceEvent & { readonly fields?: undefined }));

/**
 * The events of a CSV input (RFC 4180; comma, semicolon or tab, as its header has it). The header names columns of the
 * dataset, in any order, in any case; an empty field is null. A bad row comes with its problem, and the rest goes on.
 * @throws {InputError} when the header does not fit the dataset.
 */
export async function* csvEvents(
  bytes: AsyncIterable<Buffer>,
  dataset: Dataset,
  name: string,
): AsyncGenerator<SourceEvent> {
  let columns: readonly Column[] | undefined;
  let rows = 0;
  for await (const row of csvRows(bytes, name)) {
    if (!columns) {
      columns = columnsOf(row.fields ?? [], dataset, name);
      continue;
    }
    rows++;
    yield row.fields ? { ...eventOfRow(row.fields, columns), place: row.place } : row;
  }
  if (!columns)
    throw new InputError(`${name} has no header. Its first line names the columns: ${namesOf(dataset)}.`);
  if (rows === 0) throw new InputError(`${name} has a header and no rows: it has no events.`);
}

/**
 * The rows of a CSV input, the header first.
 * @throws {InputError} when the first line cannot be read as one.
 */
export async function* csvRows(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<CsvRow> {
  const chunks = bytes[Symbol.asyncIterator]();
  const head = await headOf(chunks, name);
  const firstLine =
    head
      .toString()
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/, 1)[0] ?? "";
  const delimiter = delimiterOf(firstLine);
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const all = (async function* () {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  })();
  const bad: BadLine[] = [];
  const source = Readable.from(readableRows(all, delimiter, (line) => bad.push(line)));
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);

  const placeOf = (lineNumber: number) => ({ file: name, lineNumber, fingerprint: firstLine });
  const badBefore = function* (lineNumber: number): Generator<CsvRow> {
    while (bad[0] && bad[0].lineNumber < lineNumber) {
      const { lineNumber: number, ...event } = bad.shift() as BadLine;
      yield { ...event, place: placeOf(number) };
    }
  };
  let isHeader = true;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      const lineNumber = info.lines - newlinesIn(record);
      const [first] = bad;
      if (isHeader && first && first.lineNumber < lineNumber) {
        throw new InputError(`${name}: the header ${first.problem}: ${lineStart(first.line)}`);
      }
      isHeader = false;
      yield* badBefore(lineNumber);
      yield { fields: record, place: placeOf(lineNumber) };
    }
    if (!isHeader) yield* badBefore(Infinity);
  } finally {
    source.destroy();
    await chunks.return?.();
  }
}

/** The input up to its first whole line, to look at. */
async function headOf(chunks: AsyncIterator<Buffer>, name: string): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (!head.includes("\n") && head.length < longestLineBytes) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  refuseUtf16(head, name);
  return head;
}

function delimiterOf(header: string): string {
  const counts = [",", ";", "\t"].map((delimiter) => [delimiter, header.split(delimiter).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** "Risk Category", "risk_category" and "RiskCategory" name the same column. */
function simplified(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "");
}

function columnsOf(header: readonly string[], dataset: Dataset, name: string): Column[] {
  const known = new Map(dataset.columns.map((column) => [simplified(column.name), column]));
  const columns = header.map((text) => known.get(simplified(text)));
  const unknown = header.filter((_, index) => !columns[index]).map((text) => JSON.stringify(text));
  const missing = dataset.columns.filter(
    (column) => column.required && !columns.includes(column) && column.columnName !== dataset.eventId,
  );
  const twice = header.filter((_, index) => columns[index] && columns.indexOf(columns[index]) !== index);
  const problems = [
    ...(unknown.length > 0
      ? [`${unknown.join(", ")} ${unknown.length > 1 ? "are no columns" : "is no column"} of ${dataset.name}`]
      : []),
    ...(missing.length > 0
      ? [`${missing.map((column) => column.name).join(", ")} ${missing.length > 1 ? "are" : "is"} missing`]
      : []),
    ...(twice.length > 0 ? [`${twice.join(", ")} is there twice`] : []),
  ];
  if (problems.length > 0) {
    throw new InputError(
      `${name}: the header does not fit: ${problems.join("; ")}.\nThe columns are ${namesOf(dataset)}.`,
    );
  }
  return columns.filter((column) => column !== undefined);
}

function namesOf(dataset: Dataset): string {
  return dataset.columns.map((column) => column.name).join(", ");
}

function eventOfRow(record: readonly string[], columns: readonly Column[]): SourceEvent {
  const problem = problemOfRow(record, columns.length);
  if (problem !== undefined) return { line: record.join(","), problem };
  const event = Object.fromEntries(
    columns.map(({ name, type }, index) => [name, valueOfText(record[index] ?? "", type)]),
  );
  return { line: JSON.stringify(event) };
}

/** What is wrong with a row of a header with so many columns, in words that follow its place. */
export function problemOfRow(record: readonly string[], columns: number): string | undefined {
  if (record.length !== columns) return `has ${record.length} fields where the header has ${columns}`;
  if (record.some((field) => field.includes("\uFFFD"))) {
    return "is not UTF-8. Convert the file: iconv -f WINDOWS-1252 -t UTF-8";
  }
  return undefined;
}

/** How many lines a row has more than one. */
function newlinesIn(record: readonly string[]): number {
  return record.reduce((sum, field) => sum + (field.includes("\n") ? field.split("\n").length - 1 : 0), 0);
}
