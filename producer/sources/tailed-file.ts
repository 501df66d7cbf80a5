import { open, type FileHandle } from "node:fs/promises";
import type { Checkpoint } from "./checkpoint.ts";
import { longestLineBytes, readLines, tooLongProblem } from "./read-lines.ts";
import type { SourceEvent } from "./source-event.ts";

/** How much is read at a time: more than the longest line. */
const readBytes = 4 * 1024 * 1024;
const fingerprintLength = 1024;

/** A file that grows, read line by line from a checkpoint on. It stays the same file when it is renamed. */
export class TailedFile {
  readonly #file: FileHandle;
  readonly #name: string;
  #checkpoint: Checkpoint;

  private constructor(file: FileHandle, name: string, checkpoint: Checkpoint) {
    this.#file = file;
    this.#name = name;
    this.#checkpoint = checkpoint;
  }

  /** Opens a file at its start, or where a checkpoint of the same file with the same content says. */
  static async open(path: string, name: string, from?: Checkpoint): Promise<TailedFile> {
    const file = await open(path, "r");
    const { dev, ino } = await file.stat();
    const tailed = new TailedFile(file, name, atStart(dev, ino));
    if (from?.device === dev && from.inode === ino && (await tailed.#holds(from))) tailed.#checkpoint = from;
    return tailed;
  }

  /** How far it was read. */
  get checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  /** Whether it is the file of that device and inode. */
  is({ dev, ino }: { dev: number; ino: number }): boolean {
    return this.#checkpoint.device === dev && this.#checkpoint.inode === ino;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /**
   * The whole lines that came since; begins again at the start when the file was truncated.
   * @param toTheEnd whether nothing more will come, so that a last line without its newline counts too.
   */
  async read(toTheEnd = false): Promise<SourceEvent[]> {
    const { device, inode } = this.#checkpoint;
    const { size } = await this.#file.stat();
    if (size !== this.#checkpoint.offset && !(await this.#holds(this.#checkpoint)))
      this.#checkpoint = atStart(device, inode);
    const length = Math.min(readBytes, size - this.#checkpoint.offset);
    if (length <= 0) return [];
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(buffer, 0, length, this.#checkpoint.offset);
    const isLast = toTheEnd && this.#checkpoint.offset + bytesRead >= size;
    return this.#linesOf(buffer.subarray(0, bytesRead), isLast);
  }

  async #linesOf(bytes: Buffer, isLast: boolean): Promise<SourceEvent[]> {
    const { offset, lineNumber, fingerprint, insideLongLine } = this.#checkpoint;
    const afterLongLine = insideLongLine ? bytes.indexOf("\n") + 1 : 0;
    const end = isLast ? bytes.length : bytes.lastIndexOf("\n") + 1;
    if (end === 0 && bytes.length < longestLineBytes) return [];
    if (end === 0) {
      this.#checkpoint = { ...this.#checkpoint, offset: offset + bytes.length, insideLongLine: true };
      if (insideLongLine) return [];
      const line = bytes.toString("utf8", 0, fingerprintLength);
      const place = { file: this.#name, lineNumber: lineNumber + 1, fingerprint: fingerprint ?? line };
      return [{ line, place, cutShort: true, problem: tooLongProblem(bytes.length) }];
    }
    const whole = bytes.subarray(afterLongLine, end);
    const before = { lineNumber: lineNumber + (insideLongLine ? 1 : 0), fingerprint };
    const events = await Array.fromAsync(readLines([whole], this.#name, before));
    this.#checkpoint = {
      ...this.#checkpoint,
      offset: offset + end,
      lineNumber:
        before.lineNumber + newlinesIn(whole) + (isLast && whole.at(-1) !== 0x0a && whole.length > 0 ? 1 : 0),
      fingerprint: fingerprint ?? events[0]?.place?.fingerprint,
      insideLongLine: false,
    };
    return events;
  }

  /** Whether the file still has what the checkpoint speaks of. */
  async #holds({ offset, fingerprint }: Checkpoint): Promise<boolean> {
    const { size } = await this.#file.stat();
    if (size < offset) return false;
    if (fingerprint === undefined || offset === 0) return true;
    // Blank lines may stand before the first line, and its end may be \r\n: look for it in the beginning.
    const head = Buffer.alloc(Math.min(size, 2 * 4 * fingerprintLength));
    await this.#file.read(head, 0, head.length, 0);
    return head.toString().includes(fingerprint);
  }
}

function atStart(device: number, inode: number): Checkpoint {
  return { device, inode, offset: 0, lineNumber: 0, fingerprint: undefined, insideLongLine: false };
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf("\n"); at !== -1; at = bytes.indexOf("\n", at + 1)) count++;
  return count;
}
