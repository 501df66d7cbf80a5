import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Chart } from "../../athena/named-query/named-query.ts";
import type { Answer } from "../render/answer.ts";
import { csv } from "../render/csv.ts";
import { json, ndjson } from "../render/json.ts";
import { markdown } from "../render/markdown.ts";
import { terminalTable } from "../render/terminal-table.ts";
import { UserError } from "../user-error.ts";
import type { Io } from "./io.ts";

/** The forms in which an answer is written. */
export const formats = ["table", "csv", "json", "ndjson", "markdown", "parquet"] as const;
export type Format = (typeof formats)[number];

/** Writes an answer to stdout as its rows come. Ends quietly when nobody reads on, as after `| head`. */
export async function writeAnswer(io: Io, answer: Answer, format: Format, chart?: Chart): Promise<void> {
  if (format === "parquet") return writeParquetTo(io, answer);
  await writeText(io, textOf(io, answer, format, chart));
}

/** Writes text to stdout. */
export async function writeText(
  { stdout }: Io,
  text: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  await pipeline(Readable.from(text), stdout, { end: false }).catch(ignoreClosedPipe);
}

function textOf(
  io: Io,
  answer: Answer,
  format: Exclude<Format, "parquet">,
  chart?: Chart,
): AsyncIterable<string> {
  switch (format) {
    case "csv":
      return csv(answer);
    case "json":
      return json(answer);
    case "ndjson":
      return ndjson(answer);
    case "markdown":
      return markdown(answer);
    case "table":
      return terminalTable(answer, {
        // In a file or a pipe nothing is cut: only a terminal has a width.
        width: io.stdout.isTTY ? io.stdout.columns : undefined,
        color: io.stdout.isTTY === true && io.stdout.hasColors?.() === true,
        chart,
      });
  }
}

/** @throws {UserError} when stdout is a terminal, which a Parquet file would spoil. */
export function assertFormatFits({ stdout }: Io, format: Format): void {
  if (format === "parquet" && stdout.isTTY) {
    throw new UserError("a Parquet file is no text: write it to a file, with > answer.parquet.");
  }
}

async function writeParquetTo({ stdout }: Io, answer: Answer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-answer-"));
  try {
    const file = join(folder, "answer.parquet");
    // Loaded here: the other forms need no database.
    const { writeParquet } = await import("../render/parquet.ts");
    await writeParquet(answer, file);
    await pipeline(createReadStream(file), stdout, { end: false }).catch(ignoreClosedPipe);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
}
