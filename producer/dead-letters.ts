import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Undelivered } from "./deliver.ts";

/** One line of a dead-letter file: an event that was given up, and why. */
export interface DeadLetter {
  readonly event: string;
  readonly code: string;
  readonly message: string;
  readonly at: string;
}

/** Adds the events of records that were given up to a file, one JSON object a line, which `sluice send --from` reads. */
export async function writeDeadLetters(
  path: string,
  undelivered: readonly Undelivered[],
  at = new Date(),
): Promise<void> {
  const letters = undelivered.flatMap(({ record, failure }) =>
    record.data
      .toString()
      .split("\n")
      .filter((line) => line !== "")
      .map((event): DeadLetter => ({
        event,
        code: failure.code,
        message: failure.message,
        at: at.toISOString(),
      })),
  );
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, letters.map((letter) => `${JSON.stringify(letter)}\n`).join(""));
}
