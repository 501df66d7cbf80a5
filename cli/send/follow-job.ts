import { createHash } from "node:crypto";
import { basename, join, resolve } from "node:path";
import { sendEvents, type SendOptions, type SendSummary } from "../../producer/send-events.ts";
import { followFile } from "../../producer/sources/follow.ts";
import { addedUp } from "./summaries.ts";

/**
 * Sends what comes to a file until the signal; each round is sent as a whole before the checkpoint says so.
 * @param checkpointFile Default: one for the file's path, in `.sluice/checkpoints`.
 */
export async function sendFollowed(
  path: string,
  options: SendOptions & { signal: AbortSignal },
  checkpointFile = checkpointFileOf(path),
): Promise<SendSummary> {
  let total: SendSummary | undefined;
  for await (const round of followFile(path, {
    dataset: options.dataset,
    checkpointFile,
    signal: options.signal,
  })) {
    const before = total;
    const sent = await sendEvents(round.events, {
      ...options,
      // It ends the following; what was read is sent all the same.
      signal: undefined,
      onProgress: (summary) => options.onProgress?.(addedUp(before, summary)),
    });
    total = addedUp(before, sent);
    await round.commit();
  }
  return addedUp(total);
}

function checkpointFileOf(path: string): string {
  const id = createHash("sha256").update(resolve(path)).digest("hex").slice(0, 12);
  return join(".sluice", "checkpoints", `${basename(path)}-${id}.json`);
}
