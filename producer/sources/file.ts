import type { Dataset } from "../../schema/dataset.ts";
import { csvEvents, isCsvName } from "./csv.ts";
import { eventsOfLines } from "./line-format.ts";
import { checkFile, fileBytes } from "./open-bytes.ts";
import { readLines } from "./read-lines.ts";
import type { SourceEvent } from "./source-event.ts";

/**
 * The events of a file, plain or gzip: NDJSON, an access log in combined format, or CSV by its name (.csv, .tsv). A look
 * is taken first: what is thrown here is thrown before any event is handed out.
 * @throws {InputError} when the file cannot be read, is empty, is gzip cut short, or holds no events that we can read.
 */
export async function fileEvents(path: string, dataset: Dataset): Promise<AsyncIterable<SourceEvent>> {
  const compression = await checkFile(path);
  const events = () => {
    const bytes = fileBytes(path, compression);
    return isCsvName(path)
      ? csvEvents(bytes, dataset, path)
      : eventsOfLines(readLines(bytes, path), dataset, path);
  };
  await firstOf(events());
  return events();
}

/** Reads as far as the first event, and closes what it read from. */
async function firstOf(events: AsyncGenerator<SourceEvent>): Promise<void> {
  await events.next();
  await events.return(undefined);
}
