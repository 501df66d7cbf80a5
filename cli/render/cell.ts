import type { AthenaValue } from "../../athena/client/values.ts";

/**
 * A value on one line of a terminal. NULL is `NULL` and the empty string `''`; a string that reads like one of them is
 * quoted, so that each stays what it is. Control characters are shown escaped: a log's fields are written by strangers,
 * and an escape sequence would reach the reader's terminal.
 */
export function cellText(value: AthenaValue): string {
  if (value === null) return "NULL";
  if (typeof value !== "string") return String(value);
  if (value === "" || value === "NULL" || value.startsWith("''")) return `'${value}'`;
  return withoutControl(value);
}

/** The text with control characters, line ends and marks that turn the direction of writing shown as escapes. */
export function withoutControl(text: string): string {
  return text.replaceAll(/[\p{Cc}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu, (character) => {
    const known: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
    return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
