import { mkdir, open, readdir, readFile, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { BufferUnavailableError, Notice, type Batch, type EventBuffer } from "./buffer.ts";
import { GroupCommit } from "./group-commit.ts";
import { lockFolder } from "./folder-lock.ts";

export interface FileBufferOptions {
  /** A folder of this producer's own. It is made when it is not there. */
  readonly folder: string;
  /** How many bytes wait on disk at most. Default: 1,073,741,824 (1 GiB). */
  readonly maxBytes?: number | undefined;
  /** How large a file gets before the next is begun, in bytes. Default: 1,048,576 (1 MiB). */
  readonly segmentBytes?: number | undefined;
  /**
   * Whether an event is on the disk itself, not only in the system's cache, before it counts as kept: needed to survive
   * a power cut, not to survive kill -9. Default: false.
   */
  readonly sync?: boolean | undefined;
}

interface Segment {
  readonly number: number;
  /** Bytes written and whole. */
  bytes: number;
  /** Bytes handed out. */
  takenBytes: number;
  /** Batches that are handed out and not done. */
  openBatches: number;
}

/**
 * Events wait in files of a folder, as lines: `<number>.events`, written to the newest, deleted when everything in
 * them was sent. They survive kill -9. The next process sends all that is in the folder: what of a file was sent already
 * is sent again, with the same ids, `segmentBytes` and the batches under way at most.
 */
export async function fileBuffer(options: FileBufferOptions): Promise<EventBuffer> {
  const { folder, maxBytes = 1024 ** 3, segmentBytes = 1024 ** 2, sync = false } = options;
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  const pathOf = ({ number }: Pick<Segment, "number">) =>
    join(folder, `${String(number).padStart(10, "0")}.events`);

  const segments: Segment[] = await leftSegments(folder, pathOf);
  const room = new Notice();
  let writing: { segment: Segment; file: FileHandle } | undefined;
  let reserved = 0;

  const used = () => segments.reduce((sum, { bytes }) => sum + bytes, reserved);

  const begin = async () => {
    const segment = { number: (segments.at(-1)?.number ?? 0) + 1, bytes: 0, takenBytes: 0, openBatches: 0 };
    const file = await open(pathOf(segment), "wx");
    segments.push(segment);
    return { segment, file };
  };

  const write = async (entries: readonly string[]) => {
    const data = Buffer.from(entries.map((entry) => `${entry}\n`).join(""));
    try {
      writing ??= await begin();
      const { segment, file } = writing;
      await writeWhole(file, data, segment.bytes);
      if (sync) await file.datasync();
      segment.bytes += data.length;
      if (segment.bytes >= segmentBytes) await endWriting();
    } catch (error) {
      // What a failed write left must not stand behind the next one.
      await writing?.file.truncate(writing.segment.bytes).catch(() => undefined);
      throw new BufferUnavailableError(
        `the buffer in ${folder} cannot be written: ${(error as Error).message}`,
        {
          cause: error,
        },
      );
    } finally {
      reserved -= data.length;
    }
  };

  const endWriting = async () => {
    const ended = writing;
    writing = undefined;
    await ended?.file.close();
    if (ended) await removeWhenSent(ended.segment);
  };

  const removeWhenSent = async (segment: Segment) => {
    const isSent = segment.openBatches === 0 && segment.takenBytes === segment.bytes;
    if (!isSent || writing?.segment === segment || !segments.includes(segment)) return;
    segments.splice(segments.indexOf(segment), 1);
    await unlink(pathOf(segment));
    room.give();
  };

  const take = async (bytes: number): Promise<Batch | undefined> => {
    const segment = segments.find(({ bytes: whole, takenBytes }) => takenBytes < whole);
    if (!segment) return undefined;
    const from = segment.takenBytes;
    const data = await wholeLines(pathOf(segment), from, segment.bytes, bytes);
    segment.takenBytes = from + data.length;
    segment.openBatches++;
    return {
      entries: data.toString().split("\n").slice(0, -1),
      done: async () => {
        segment.openBatches--;
        // All is sent that was written: end this file, so that it can go. Not during a write, which may be to it.
        await commit.exclusively(async () => {
          const isSent = segment.openBatches === 0 && segment.takenBytes === segment.bytes;
          if (isSent && writing?.segment === segment) await endWriting();
        });
        await removeWhenSent(segment);
      },
    };
  };

  const commit = new GroupCommit(write, 1024 ** 2);
  let taking: Promise<unknown> = Promise.resolve();
  return {
    append: async (entry) => {
      const bytes = Buffer.byteLength(entry) + 1;
      if (used() > 0 && used() + bytes > maxBytes) return "full";
      reserved += bytes;
      await commit.add(entry);
      return "kept";
    },
    room: () => (used() === 0 ? Promise.resolve() : room.wait()),
    // One after the other: two takers must not hand out the same lines.
    take: (bytes) => {
      const next = taking.then(() => take(bytes));
      taking = next.catch(() => undefined);
      return next;
    },
    close: async () => {
      await commit.exclusively(endWriting);
      await unlock();
    },
  };
}

/** What an earlier process left. A line that it did not write to its end was never kept: it is cut off. */
async function leftSegments(
  folder: string,
  pathOf: (segment: Pick<Segment, "number">) => string,
): Promise<Segment[]> {
  const numbers = (await readdir(folder)).flatMap((name) => /^(\d{10})\.events$/.exec(name)?.[1] ?? []);
  const segments: Segment[] = [];
  for (const number of numbers.map(Number).sort((a, b) => a - b)) {
    const data = await readFile(pathOf({ number }));
    const bytes = data.lastIndexOf("\n") + 1;
    if (bytes === 0) await unlink(pathOf({ number }));
    else segments.push({ number, bytes, takenBytes: 0, openBatches: 0 });
  }
  return segments;
}

/** Writes at a position, so that what a failed write left behind is overwritten by the next. */
async function writeWhole(file: FileHandle, data: Buffer, position: number): Promise<void> {
  for (let written = 0; written < data.length;) {
    written += (await file.write(data, written, data.length - written, position + written)).bytesWritten;
  }
}

/** Whole lines from a position: about `bytes` of them, one at least. */
async function wholeLines(path: string, from: number, to: number, bytes: number): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    for (let length = bytes; ; length *= 2) {
      const data = Buffer.alloc(Math.min(length, to - from));
      await file.read(data, 0, data.length, from);
      const end = data.lastIndexOf("\n") + 1;
      if (end > 0) return data.subarray(0, end);
    }
  } finally {
    await file.close();
  }
}
