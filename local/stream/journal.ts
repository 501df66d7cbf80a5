import { mkdir, open, readdir, readFile, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { decodeFrame, encodeFrame, type AcknowledgedRecord } from "./journal-frame.ts";

/** A record, and the position after it: where a reader goes on. */
export interface JournalRecord extends AcknowledgedRecord {
  readonly nextPosition: number;
}

interface Segment {
  readonly start: number;
  readonly path: string;
}

interface PendingAppend {
  readonly bytes: Buffer;
  readonly records: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What a stream acknowledged, on disk, in order. Positions count bytes from the stream's first record. An append is
 * done when the operating system has the bytes: that outlives the process, not a power cut.
 */
export class Journal {
  /** A segment is closed when it has this many bytes, so that delivered records can be removed file by file. */
  static readonly segmentBytes = 64 * 1024 * 1024;

  readonly #folder: string;
  readonly #segmentBytes: number;
  #segments: Segment[];
  #file: FileHandle;
  #end: number;
  /** Whether a write may have failed half-way: what lies behind the end is cut off before the next one. */
  #torn = false;
  #appendedRecords = 0;
  #pending: PendingAppend[] = [];
  #writing: Promise<void> | undefined;
  readonly #appendListeners = new Set<() => void>();
  readonly #reading = new Map<number, Promise<FileHandle>>();

  private constructor(
    folder: string,
    segmentBytes: number,
    segments: Segment[],
    file: FileHandle,
    end: number,
  ) {
    this.#folder = folder;
    this.#segmentBytes = segmentBytes;
    this.#segments = segments;
    this.#file = file;
    this.#end = end;
  }

  /** Opens a journal and cuts off a frame that a kill left half-written: it was never acknowledged. */
  static async open(folder: string, segmentBytes = Journal.segmentBytes): Promise<Journal> {
    await mkdir(folder, { recursive: true });
    const segments = (await readdir(folder))
      .filter((name) => name.endsWith(".log"))
      .sort()
      .map((name) => ({ start: Number(name.slice(0, -4)), path: join(folder, name) }));
    const last = segments.at(-1) ?? segmentAt(folder, 0);
    if (segments.length === 0) segments.push(last);
    const file = await open(last.path, "a+");
    const length = wholeFrames(await readFile(last.path));
    await file.truncate(length);
    return new Journal(folder, segmentBytes, segments, file, last.start + length);
  }

  /** The position of the oldest record that is kept. */
  get start(): number {
    return this.#segments[0]?.start ?? this.#end;
  }

  /** The position after the newest record. */
  get end(): number {
    return this.#end;
  }

  /** How many records were appended since the journal was opened. */
  get appendedRecords(): number {
    return this.#appendedRecords;
  }

  /** Keeps records; when the promise is fulfilled they may be acknowledged. */
  append(records: readonly AcknowledgedRecord[]): Promise<void> {
    const bytes = Buffer.concat(records.map(encodeFrame));
    return new Promise((resolve, reject) => {
      this.#pending.push({ bytes, records: records.length, resolve, reject });
      this.#writing ??= this.#writePending();
    });
  }

  /** At least one record from `position` on, about `maximumBytes` of them; none when `position` is the end. */
  async read(position: number, maximumBytes = 1024 * 1024): Promise<JournalRecord[]> {
    const index = this.#segments.findLastIndex((segment) => segment.start <= position);
    const segment = this.#segments[index];
    if (position >= this.#end || segment === undefined) return [];
    const segmentEnd = this.#segments[index + 1]?.start ?? this.#end;
    let wanted = Math.min(maximumBytes, segmentEnd - position);
    for (;;) {
      const bytes = await this.#readBytes(segment, position, wanted);
      const records: JournalRecord[] = [];
      let at = 0;
      while (at < bytes.length) {
        const frame = decodeFrame(bytes, at);
        if (frame === undefined) {
          throw new Error(`"${segment.path}" is damaged at byte ${position - segment.start + at}.`);
        }
        if ("needs" in frame) {
          if (records.length === 0) {
            if (bytes.length < wanted) throw new Error(`"${segment.path}" ends in the middle of a record.`);
            wanted = frame.needs;
          }
          break;
        }
        at += frame.length;
        records.push({ ...frame.record, nextPosition: position + at });
      }
      if (records.length > 0) return records;
    }
  }

  /** Calls `listener` after each append. @returns a function that ends that. */
  onAppend(listener: () => void): () => void {
    this.#appendListeners.add(listener);
    return () => this.#appendListeners.delete(listener);
  }

  /** Removes the segments that lie before `position` as a whole. */
  async removeBefore(position: number): Promise<void> {
    while ((this.#segments[1]?.start ?? Infinity) <= position) {
      const [oldest] = this.#segments.splice(0, 1);
      if (oldest === undefined) return;
      await this.#closeReader(oldest.start);
      await rm(oldest.path, { force: true });
    }
  }

  /** Waits for running appends and closes the files. */
  async close(): Promise<void> {
    await this.#writing;
    for (const start of [...this.#reading.keys()]) await this.#closeReader(start);
    await this.#file.close();
  }

  /** Writes what gathered while the last write ran, in one write. */
  async #writePending(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0);
      try {
        const bytes = Buffer.concat(batch.map((append) => append.bytes));
        await this.#write(bytes);
        for (const append of batch) {
          this.#appendedRecords += append.records;
          append.resolve();
        }
        for (const listener of this.#appendListeners) listener();
      } catch (error) {
        for (const append of batch) append.reject(error);
      }
    }
    // At once, not in a later turn: an append in between would wait for a write that nobody begins.
    this.#writing = undefined;
  }

  async #write(bytes: Buffer): Promise<void> {
    let segment = this.#segments.at(-1) as Segment;
    if (this.#end - segment.start >= this.#segmentBytes) {
      segment = segmentAt(this.#folder, this.#end);
      const file = await open(segment.path, "a+");
      await this.#file.close();
      this.#file = file;
      this.#segments.push(segment);
    }
    if (this.#torn) await this.#file.truncate(this.#end - segment.start);
    this.#torn = true;
    await this.#file.appendFile(bytes);
    this.#torn = false;
    this.#end += bytes.length;
  }

  async #readBytes(segment: Segment, position: number, length: number): Promise<Buffer> {
    let opening = this.#reading.get(segment.start);
    if (opening === undefined) {
      opening = open(segment.path, "r");
      this.#reading.set(segment.start, opening);
    }
    const file = await opening;
    const { buffer, bytesRead } = await file.read(
      Buffer.allocUnsafe(length),
      0,
      length,
      position - segment.start,
    );
    return buffer.subarray(0, bytesRead);
  }

  async #closeReader(start: number): Promise<void> {
    const opening = this.#reading.get(start);
    this.#reading.delete(start);
    if (opening !== undefined) await (await opening).close();
  }
}

function segmentAt(folder: string, start: number): Segment {
  return { start, path: join(folder, `${String(start).padStart(16, "0")}.log`) };
}

/** How many bytes of a file are whole frames. */
function wholeFrames(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const frame = decodeFrame(bytes, at);
    if (frame === undefined || "needs" in frame) break;
    at += frame.length;
  }
  return at;
}
