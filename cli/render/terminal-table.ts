import type { AthenaValue } from "../../athena/client/values.ts";
import type { Answer, TextStream } from "./answer.ts";
import { tableWriter, type TableOptions } from "./table.ts";

/** How many rows decide the widths of the columns: a page of results. */
const sampleSize = 1000;

/** The answer as a table in the terminal, written as its rows come, after a first page that says how wide it gets. */
export async function* terminalTable({ columns, rows }: Answer, options: TableOptions): TextStream {
  const sample: (readonly AthenaValue[])[] = [];
  const iterator = rows[Symbol.asyncIterator]();
  let next = await iterator.next();
  for (; !next.done && sample.length < sampleSize; next = await iterator.next()) sample.push(next.value);

  const { head, row, foot } = tableWriter(columns, sample, options);
  yield head + sample.map(row).join("");
  for (; !next.done; next = await iterator.next()) yield row(next.value);
  yield foot;
}
