import { Notice, type Batch, type EventBuffer } from "./buffer.ts";

export interface MemoryBufferOptions {
  /** How many bytes of events wait at most, those being sent included. Default: 16,777,216 (16 MiB). */
  readonly maxBytes?: number | undefined;
}

/**
 * Events wait in this process. Kill it and at most `maxBytes` of them are lost: take a file or Redis where that is too
 * much.
 */
export function memoryBuffer({ maxBytes = 16 * 1024 * 1024 }: MemoryBufferOptions = {}): EventBuffer {
  const room = new Notice();
  let waiting: string[] = [];
  let start = 0;
  let bytes = 0;

  const take = (atMost: number): Batch | undefined => {
    const entries: string[] = [];
    let taken = 0;
    for (; start < waiting.length && taken < atMost; start++) {
      const entry = waiting[start] ?? "";
      taken += sizeOf(entry);
      entries.push(entry);
    }
    if (start > 1024 && start * 2 > waiting.length) {
      waiting = waiting.slice(start);
      start = 0;
    }
    if (entries.length === 0) return undefined;
    return {
      entries,
      done: () => {
        bytes -= taken;
        taken = 0;
        room.give();
        return Promise.resolve();
      },
    };
  };

  return {
    append: (entry) => {
      // One entry goes in whatever its size, so that no event is larger than the buffer.
      if (bytes > 0 && bytes + sizeOf(entry) > maxBytes) return Promise.resolve("full");
      waiting.push(entry);
      bytes += sizeOf(entry);
      return Promise.resolve("kept");
    },
    room: () => (bytes === 0 ? Promise.resolve() : room.wait()),
    take: (atMost) => Promise.resolve(take(atMost)),
    close: () => Promise.resolve(),
  };
}

function sizeOf(entry: string): number {
  return entry.length + 1;
}
