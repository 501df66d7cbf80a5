import { glob } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { Dataset } from "../../schema/dataset.ts";
import { csvEvents } from "./csv.ts";
import { fileEvents } from "./file.ts";
import { InputError } from "./input-error.ts";
import { eventsOfLines } from "./line-format.ts";
import { streamBytes } from "./open-bytes.ts";
import { readLines } from "./read-lines.ts";
import type { SourceEvent } from "./source-event.ts";

/** The name of standard input among the inputs. */
export const standardInput = "-";

/**
 * The files of paths and globs, each glob's in order of name.
 * @throws {InputError} when a glob matches nothing.
 */
export async function expandInputs(patterns: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const pattern of patterns) {
    if (!/[*?[{]/.test(pattern)) {
      files.push(pattern);
      continue;
    }
    const matches: string[] = [];
    for await (const match of glob(pattern)) matches.push(match);
    if (matches.length === 0)
      throw new InputError(`${pattern} matches no file. Check the pattern and the folder.`);
    files.push(...matches.sort());
  }
  return [...new Set(files)];
}

/**
 * The events of several files, one file after the other. All are looked at before the first event is handed out.
 * @throws {InputError} when one of them cannot be sent.
 */
export async function inputEvents(
  files: readonly string[],
  dataset: Dataset,
): Promise<AsyncIterable<SourceEvent>> {
  const inputs: AsyncIterable<SourceEvent>[] = [];
  for (const file of files) inputs.push(await fileEvents(file, dataset));
  return (async function* () {
    for (const input of inputs) yield* input;
  })();
}

/** The events of a stream such as stdin, plain or gzip, as they come. */
export function streamEvents(
  stream: Readable,
  dataset: Dataset,
  { csv = false, name = "stdin" }: { csv?: boolean | undefined; name?: string } = {},
): AsyncIterable<SourceEvent> {
  const bytes = streamBytes(stream, name);
  return csv ? csvEvents(bytes, dataset, name) : eventsOfLines(readLines(bytes, name), dataset, name);
}
