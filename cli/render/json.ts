import type { AthenaValue, ResultColumn } from "../../athena/client/values.ts";
import type { Answer, TextStream } from "./answer.ts";

/** One JSON array with an object for each row. */
export async function* json({ columns, rows }: Answer): TextStream {
  let separator = "[\n";
  for await (const row of rows) {
    yield separator + object(columns, row);
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** A JSON object on each line. */
export async function* ndjson({ columns, rows }: Answer): TextStream {
  for await (const row of rows) yield `${object(columns, row)}\n`;
}

function object(columns: readonly ResultColumn[], row: readonly AthenaValue[]): string {
  const members = columns.map(({ key }, index) => `${JSON.stringify(key)}:${jsonOf(row[index] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** Every digit of an integer is written, however long. JSON has no NaN and no Infinity: they are strings. */
function jsonOf(value: AthenaValue): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && !Number.isFinite(value)) return `"${value}"`;
  return JSON.stringify(value);
}
