import { isUtf8 } from "node:buffer";
import { InputError } from "./input-error.ts";
import type { SourceEvent } from "./source-event.ts";

/**
 * The longest line that is read as an event: Firehose takes a record of 1,000 KiB at most (aws-semantics 1.1). Of a
 * longer one only the start is kept, for the message.
 */
export const longestLineBytes = 1_024_000;

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Where in an input the lines begin: after `lineNumber` others, the first of which is the fingerprint. */
export interface LinesBefore {
  readonly lineNumber: number;
  readonly fingerprint: string | undefined;
}

/**
 * The lines of an input, without their ends (`\n` or `\r\n`), blank ones left out; the memory is that of the longest
 * line. A line that is too long or not UTF-8 comes with its problem.
 * @param name of the input, for places and messages.
 * @throws {InputError} when the input is UTF-16.
 */
export async function* readLines(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  name: string,
  before: LinesBefore = { lineNumber: 0, fingerprint: undefined },
): AsyncGenerator<SourceEvent> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let tooLong = false;
  let { lineNumber, fingerprint } = before;

  const finish = (end: Buffer): SourceEvent | undefined => {
    const whole = rest.length === 0 ? end : Buffer.concat([...rest, end]);
    const wasTooLong = tooLong || whole.length > longestLineBytes;
    const lineBytes = tooLong ? restBytes : whole.length;
    rest = [];
    restBytes = 0;
    tooLong = false;
    lineNumber++;
    const line = decoded(wasTooLong ? whole.subarray(0, 1024) : whole, lineNumber === 1);
    if (line.trim() === "") return undefined;
    fingerprint ??= line.slice(0, 1024);
    const place = { file: name, lineNumber, fingerprint };
    if (wasTooLong) return { line, place, cutShort: true, problem: tooLongProblem(lineBytes) };
    if (!isUtf8(whole))
      return { line, place, problem: "is not UTF-8: its foreign bytes were replaced by U+FFFD" };
    return { line, place };
  };

  for await (const chunk of bytes) {
    if (lineNumber === 0 && rest.length === 0) refuseUtf16(chunk, name);
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      if (tooLong) restBytes += end - start;
      const event = finish(tooLong ? Buffer.alloc(0) : chunk.subarray(start, end));
      if (event) yield event;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    restBytes += chunk.length - start;
    if (!tooLong) rest.push(chunk.subarray(start));
    if (restBytes > longestLineBytes && !tooLong) {
      tooLong = true;
      rest = [Buffer.concat(rest).subarray(0, 1024)];
    }
  }
  if (restBytes > 0) {
    const event = finish(Buffer.alloc(0));
    if (event) yield event;
  }
}

/** Why a line of that many bytes is no event, in words that follow its place. */
export function tooLongProblem(lineBytes: number): string {
  return `is ${lineBytes.toLocaleString("en-US")} bytes long; a record of Firehose holds ${longestLineBytes.toLocaleString("en-US")} at most`;
}

function decoded(line: Buffer, isFirst: boolean): string {
  const end = line.at(-1) === carriageReturn ? line.length - 1 : line.length;
  const text = line.toString("utf8", 0, end);
  return isFirst && text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** @throws {InputError} when the start of an input says that it is UTF-16. */
export function refuseUtf16(head: Buffer, name: string): void {
  const mark = head.length >= 2 ? head.readUInt16BE(0) : 0;
  if (mark !== 0xfffe && mark !== 0xfeff) return;
  throw new InputError(
    `${name} is UTF-16; events are UTF-8. Convert it: iconv -f UTF-16 -t UTF-8 ${name} > ${name}.utf8`,
  );
}
