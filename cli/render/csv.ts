import type { AthenaValue } from "../../athena/client/values.ts";
import type { Answer, TextStream } from "./answer.ts";

/** Comma-separated values, RFC 4180 with `\n`. NULL is nothing, the empty string is `""`, as in Athena's own files. */
export async function* csv({ columns, rows }: Answer): TextStream {
  yield line(columns.map(({ name }) => name));
  for await (const row of rows) yield line(row);
}

function line(values: readonly AthenaValue[]): string {
  return `${values.map(field).join(",")}\n`;
}

function field(value: AthenaValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  return value === "" || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
