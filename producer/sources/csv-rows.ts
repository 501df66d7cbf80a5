import { longestLineBytes, tooLongProblem } from "./read-lines.ts";

/** A line of CSV that cannot be read as the start of a row. */
export interface BadLine {
  /** From 1. */
  readonly lineNumber: number;
  /** The line, or its start where it is too long. */
  readonly line: string;
  readonly problem: string;
  readonly cutShort: boolean;
}

/** A quoted field may go over that many lines: a quote that is open for longer was never closed. */
const mostLinesOfRow = 1_000;

const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/**
 * CSV without the lines that a parser could not recover from: those that are too long, and those that open a quote which
 * is never closed, or only by the quote of a later row. An empty line stands in the place of each, so that lines keep
 * their numbers, and the rows after it are read.
 * @param onBad told of each, before the bytes after it are handed out.
 */
export async function* readableRows(
  bytes: AsyncIterable<Buffer>,
  delimiter: string,
  onBad: (bad: BadLine) => void,
): AsyncGenerator<Buffer> {
  let lineNumber = 0;
  let good: Buffer[] = [];
  /** Lines of a row whose quote is open, and how large they are. */
  let open: Buffer[] = [];
  let openBytes = 0;
  let inQuotes = false;

  const refuse = (line: Buffer, number: number, problem: string, cutShort: boolean) => {
    onBad({ lineNumber: number, line: line.toString().trimEnd(), problem, cutShort });
    good.push(Buffer.from("\n"));
  };
  /** The row was none: its first line is bad, and the others are looked at again. */
  const giveUpOpen = () => {
    const [first, ...others] = open;
    open = [];
    openBytes = 0;
    inQuotes = false;
    lineNumber -= others.length;
    if (first) refuse(first, lineNumber, "opens a quote that is not closed again", false);
    for (const line of others) look(line);
  };
  const look = (line: Buffer) => {
    lineNumber++;
    const wasOpen = open.length > 0;
    const end = endOfQuotes(line, delimiter.charCodeAt(0), inQuotes);
    open.push(line);
    openBytes += line.length;
    if (wasOpen && end === "wrong") return giveUpOpen();
    inQuotes = end === "open";
    if (inQuotes) {
      if (open.length > mostLinesOfRow || openBytes > longestLineBytes) giveUpOpen();
      return;
    }
    good.push(...open);
    open = [];
    openBytes = 0;
  };

  for await (const { line, bytes: lineBytes } of physicalLines(bytes)) {
    if (lineBytes <= longestLineBytes) look(line);
    else {
      while (open.length > 0) giveUpOpen();
      refuse(line, ++lineNumber, tooLongProblem(lineBytes), true);
    }
    if (good.length < 1_000) continue;
    yield Buffer.concat(good);
    good = [];
  }
  while (open.length > 0) giveUpOpen();
  if (good.length > 0) yield Buffer.concat(good);
}

/**
 * Whether a quoted field is open at the end of a line. `wrong`: text follows a closing quote, which the parser takes as
 * it is within a line; over several lines it says that the quote belonged to another row.
 */
function endOfQuotes(line: Buffer, delimiter: number, openBefore: boolean): "closed" | "open" | "wrong" {
  if (!line.includes(quote)) return openBefore ? "open" : "closed";
  let inQuotes = openBefore;
  let isFieldStart = true;
  for (let at = line[0] === 0xef && line[1] === 0xbb ? 3 : 0; at < line.length; at++) {
    const byte = line[at];
    if (!inQuotes) {
      inQuotes = byte === quote && isFieldStart;
      isFieldStart = byte === delimiter;
    } else if (byte === quote) {
      const next = line[at + 1];
      if (next === quote) at++;
      else {
        inQuotes = false;
        const isOver =
          next === undefined || next === delimiter || next === newline || next === carriageReturn;
        if (openBefore && !isOver) return "wrong";
        openBefore = false;
      }
    }
  }
  return inQuotes ? "open" : "closed";
}

/** Lines with their ends; of one that is too long only the start. */
async function* physicalLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<{ line: Buffer; bytes: number }> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(newline) + 1; end > 0; end = chunk.indexOf(newline, start) + 1) {
      const last = chunk.subarray(start, end);
      const size = restBytes + last.length;
      if (size > longestLineBytes) {
        yield { line: Buffer.concat([...rest, last]).subarray(0, 1024), bytes: size };
      } else yield { line: rest.length === 0 ? last : Buffer.concat([...rest, last]), bytes: size };
      rest = [];
      restBytes = 0;
      start = end;
    }
    if (start === chunk.length) continue;
    restBytes += chunk.length - start;
    if (restBytes <= longestLineBytes || rest.length === 0) rest.push(chunk.subarray(start));
    else rest = [Buffer.concat(rest).subarray(0, 1024)];
  }
  if (restBytes === 0) return;
  const line = Buffer.concat(rest);
  yield { line: restBytes > longestLineBytes ? line.subarray(0, 1024) : line, bytes: restBytes };
}
