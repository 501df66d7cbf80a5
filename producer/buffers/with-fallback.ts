import { BufferUnavailableError, type Batch, type EventBuffer } from "./buffer.ts";

/**
 * A buffer that lets another hold on while it is away: events go to `fallback` when `first` is unavailable (Redis is
 * being restarted, the disk is full), and both are emptied. An event whose answer from `first` was lost is in both, with
 * the same id. An event is as safe as the buffer that took it.
 */
export function withFallback(first: EventBuffer, fallback: EventBuffer): EventBuffer {
  return {
    append: async (entry) => {
      try {
        return await first.append(entry);
      } catch (error) {
        if (!(error instanceof BufferUnavailableError)) throw error;
        return fallback.append(entry);
      }
    },
    room: () => Promise.race([first.room(), fallback.room()]),
    take: async (bytes, hurry) => {
      let batch: Batch | undefined;
      try {
        batch = await first.take(bytes, hurry);
      } catch (error) {
        if (!(error instanceof BufferUnavailableError)) throw error;
      }
      return batch ?? fallback.take(bytes, hurry);
    },
    close: async () => {
      await Promise.all([first.close(), fallback.close()]);
    },
  };
}
