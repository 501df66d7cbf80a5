import type { DeadLetter } from "../dead-letters.ts";
import { InputError } from "./input-error.ts";
import { checkFile, fileBytes } from "./open-bytes.ts";
import { readLines } from "./read-lines.ts";
import { lineStart, placeText, type SourceEvent } from "./source-event.ts";

/**
 * The events of a dead-letter file, as they were given up: with their ids, so that one which arrived after all is seen
 * as a duplicate.
 * @throws {InputError} when the file cannot be read, or a line is no dead letter.
 */
export async function* deadLetterEvents(path: string): AsyncGenerator<SourceEvent> {
  const compression = await checkFile(path);
  for await (const { line, place } of readLines(fileBytes(path, compression), path)) {
    const event = eventOf(line);
    if (event === undefined) {
      throw new InputError(
        `${place ? placeText(place) : path} is no dead letter: ${lineStart(line)}\nSend a file of events without --from.`,
      );
    }
    yield place ? { line: event, place } : { line: event };
  }
}

function eventOf(line: string): string | undefined {
  try {
    const { event } = JSON.parse(line) as Partial<DeadLetter>;
    return typeof event === "string" ? event : undefined;
  } catch {
    return undefined;
  }
}
