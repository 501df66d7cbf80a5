import { rename, rm } from "node:fs/promises";
import { deadLetterEvents } from "../../producer/sources/dead-letter-file.ts";
import { checkFile } from "../../producer/sources/open-bytes.ts";
import type { FoundSource } from "./found-source.ts";

const suffix = ".sending";

/**
 * A dead-letter file as a source. While it is sent it has another name, so that what is given up again makes a new file
 * under the old name; once all is sent it is removed.
 * @throws {InputError} when there is no such file.
 */
export async function deadLetters(path: string): Promise<FoundSource> {
  await checkFile(path);
  const sending = path.endsWith(suffix) ? path : path + suffix;
  return {
    open: async () => {
      if (sending !== path) await rename(path, sending);
      return deadLetterEvents(sending);
    },
    done: () => rm(sending),
    ifItFails: `The events are in ${sending}. Send them again: sluice send --from ${sending}`,
  };
}
