import { isUtf8 } from "node:buffer";
import { endOfDocument } from "./end-of-document.ts";

export interface DocumentHandler {
  /** A JSON document, with its text and its place in the record. */
  document(value: unknown, text: string, index: number): void;
  /** What is no JSON, up to the next newline, and why. */
  malformed(bytes: Buffer, index: number, reason: string): void;
}

/**
 * Takes a record apart into its JSON documents: one after the other, with or without white space between them
 * (aws-semantics 1.4). After a malformed document it goes on at the next newline.
 *
 * @returns how many documents the record has, malformed ones included; 0 when it is empty or only white space.
 */
export function deaggregate(data: Buffer, handler: DocumentHandler): number {
  if (isUtf8(data)) return deaggregateText(data.toString(), 0, handler);
  let index = 0;
  let at = 0;
  while (at < data.length) {
    const newline = data.indexOf("\n", at);
    const line = data.subarray(at, newline < 0 ? data.length : newline);
    if (isUtf8(line)) index = deaggregateText(line.toString(), index, handler);
    else handler.malformed(line, index++, "Invalid UTF-8");
    at += line.length + 1;
  }
  return index;
}

function deaggregateText(text: string, firstIndex: number, handler: DocumentHandler): number {
  let index = firstIndex;
  let at = skipWhiteSpace(text, 0);
  let startsLine = true;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    // Nearly always the line is the document, and the engine's parser is much faster than a search for the end.
    let end: number | undefined = lineEnd;
    let parsed = startsLine ? parse(text.slice(at, lineEnd)) : undefined;
    if (parsed === undefined || "reason" in parsed) {
      end = endOfDocument(text, at);
      if (end !== undefined) parsed = parse(text.slice(at, end));
    }
    if (end !== undefined && parsed !== undefined && "value" in parsed) {
      handler.document(parsed.value, text.slice(at, end), index++);
    } else {
      const rest = text.slice(at, lineEnd);
      const failed = parsed ?? parse(rest);
      handler.malformed(Buffer.from(rest), index++, "reason" in failed ? failed.reason : "Unexpected end");
      end = lineEnd;
    }
    at = skipWhiteSpace(text, end);
    startsLine = at > lineEnd;
  }
  return index;
}

function parse(text: string): { value: unknown } | { reason: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}

/** The white space of JSON (RFC 8259, section 2). */
function skipWhiteSpace(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return at;
}
