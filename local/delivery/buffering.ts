/**
 * When a buffer is delivered: as soon as it holds `sizeBytes`, counted before compression, or `intervalMilliseconds`
 * after its first record came, whichever is first (aws-semantics 1.2).
 */
export class Buffering {
  readonly #sizeBytes: number;
  readonly #intervalMilliseconds: number;
  #bytes = 0;
  #dueAt: number | undefined;

  constructor(options: { sizeBytes: number; intervalMilliseconds: number }) {
    this.#sizeBytes = options.sizeBytes;
    this.#intervalMilliseconds = options.intervalMilliseconds;
  }

  /** Counts a record. @returns whether the buffer is full now. */
  add(bytes: number, now: number): boolean {
    this.#bytes += bytes;
    this.#dueAt ??= now + this.#intervalMilliseconds;
    return this.#bytes >= this.#sizeBytes;
  }

  /** Milliseconds until the buffer is delivered even if it is not full; undefined while it is empty. */
  remaining(now: number): number | undefined {
    return this.#dueAt === undefined ? undefined : Math.max(0, this.#dueAt - now);
  }

  /** Bytes that were counted since it was cleared. */
  get bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#bytes = 0;
    this.#dueAt = undefined;
  }
}
