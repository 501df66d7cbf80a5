import { isNumeric, type AthenaValue } from "../../athena/client/values.ts";
import type { Answer, TextStream } from "./answer.ts";

/**
 * A table in GitHub's Markdown. NULL is `_NULL_`, the empty string is '' in code; nothing in a value can look like
 * them, as its own marks are escaped.
 */
export async function* markdown({ columns, rows }: Answer): TextStream {
  yield line(columns.map(({ name }) => escaped(name)));
  yield line(columns.map(({ type }) => (isNumeric(type) ? "---:" : "---")));
  for await (const row of rows) yield line(row.map(cell));
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

function cell(value: AthenaValue): string {
  if (value === null) return "_NULL_";
  return value === "" ? "`''`" : escaped(String(value));
}

function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*[\]<>|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (mark) => `\\${mark}`)
    .replaceAll(/\r\n|\r|\n/g, "<br>")
    .replaceAll("\t", " ");
}
