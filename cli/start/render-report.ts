import { styleText } from "node:util";
import { renderTable } from "../render/table.ts";
import type { JobResult } from "./report.ts";

/** The way of the events with the counts at each station, and the answers. */
export function renderReport(result: JobResult, { width, color }: { width: number; color: boolean }): string {
  const bold = (text: string) => (color ? styleText("bold", text, { validateStream: false }) : text);
  const { report, pipeline } = result;
  const { events, seconds, bytes } = report;
  const rows: [string, string, string, string][] = [
    ["producer", report.dataset, `${counted(events.sent, "event")}, ${size(bytes.json)} of JSON`, ""],
    [
      "stream",
      pipeline.streamName ?? "none: Direct PUT",
      counted(report.records, "record"),
      `sent in ${time(seconds.send)}`,
    ],
    [
      "delivery",
      pipeline.deliveryStreamName,
      `${counted(report.objects, "Parquet object")}, ${size(bytes.parquet)}`,
      `delivered after ${time(seconds.deliver)}`,
    ],
    ["table", pipeline.tableName, counted(events.delivered, "row"), ""],
    [
      "error output",
      `${pipeline.lakeBucketName}/errors`,
      counted(events.failed, "event"),
      "kept, can be replayed",
    ],
    [
      "queries",
      pipeline.workgroupName,
      counted(result.answers.length, "answer"),
      `run in ${time(seconds.query)}`,
    ],
  ];
  // Where there is little room the names go first, then the remarks.
  const columns = [
    [0, 1, 2, 3],
    [0, 2, 3],
    [0, 2],
  ];
  const layouts = columns.map((shown) =>
    aligned(rows.map((row) => shown.map((column) => row[column] ?? ""))),
  );
  const lines = layouts.find((lines) => lines.every((line) => line.length <= width)) ?? layouts.at(-1) ?? [];
  const parts = [
    bold(`The way of ${counted(events.sent, "event")}`),
    lines.join("\n"),
    `plan ${time(seconds.plan)}, start ${time(seconds.start)}, all of it ${time(seconds.total)}`,
    ...result.answers.map(({ query, columns, rows: answer }) => {
      const table = renderTable(columns, answer, {
        width,
        color,
        ...(query.chart === undefined ? {} : { chart: query.chart }),
      });
      return `${bold(query.name)}  ${query.description}\n${table.trimEnd()}`;
    }),
    `The events are in ${result.lakeFolder}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The cells of each row, filled up to the widest of their column. */
function aligned(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** `1 row`, `9,999 rows`. */
function counted(value: number, thing: string): string {
  return `${value.toLocaleString("en-US")} ${thing}${value === 1 ? "" : "s"}`;
}

function time(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

/** Bytes in the unit that reads best: 1 MB is 1,000,000 bytes. */
function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
