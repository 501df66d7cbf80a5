import { extname } from "node:path";
import type { AthenaValue } from "../../athena/client/values.ts";
import type { Chart } from "../../athena/named-query/named-query.ts";
import type { Answer } from "../render/answer.ts";
import { barChart } from "../render/bar-chart.ts";
import { chartData, mostPoints } from "../render/chart-data.ts";
import { chartFileTypes, writeChart } from "../render/chart-file.ts";
import { lineChart } from "../render/line-chart.ts";
import { UserError } from "../user-error.ts";
import { writeAnswer, writeText, type Format } from "./write-answer.ts";
import type { Io } from "./io.ts";

/** What `--chart` asks for: a picture in the terminal in place of the table, or one in a file beside the answer. */
export type ChartRequest = { readonly kind?: Chart["kind"] } | { readonly file: string };

/** @throws {UserError} when it is neither a kind of chart nor a file of one, or the format leaves no place for it. */
export function chartRequest(option: string | true | undefined, format: Format): ChartRequest | undefined {
  if (option === undefined) return undefined;
  if (
    typeof option === "string" &&
    (chartFileTypes as readonly string[]).includes(extname(option).toLowerCase())
  ) {
    return { file: option };
  }
  if (option !== true && option !== "bar" && option !== "line") {
    throw new UserError(
      `--chart "${option}": write bar, line, or a file that ends in ${chartFileTypes.join(" or ")}.`,
    );
  }
  if (format !== "table") {
    throw new UserError(
      `--chart draws in place of the table: leave out --format ${format}, or name a file to draw in.`,
    );
  }
  return option === true ? {} : { kind: option };
}

/** Writes an answer as a picture in the terminal, or as itself and a picture in a file. */
export async function writeWithChart(
  io: Io,
  answer: Answer,
  request: ChartRequest,
  { title, format, chart }: { title: string; format: Format; chart?: Chart | undefined },
): Promise<void> {
  const kept: (readonly AthenaValue[])[] = [];
  const { columns } = answer;
  if ("file" in request) {
    await writeAnswer(io, { columns, rows: keeping(answer.rows, kept) }, format, chart);
    await writeChart(chartData(columns, kept, chart), title, request.file);
    return;
  }
  for await (const row of answer.rows) {
    if (kept.push(row) > mostPoints) break;
  }
  const data = chartData(columns, kept, { ...chart, ...request });
  const draw = data.kind === "line" ? lineChart : barChart;
  await writeText(io, [draw(data, io.stdout.columns ?? 100)]);
}

/** Passes rows on and keeps them, though no more than can be drawn and one. */
async function* keeping(
  rows: Answer["rows"],
  kept: (readonly AthenaValue[])[],
): AsyncGenerator<readonly AthenaValue[]> {
  for await (const row of rows) {
    if (kept.length <= mostPoints) kept.push(row);
    yield row;
  }
}
