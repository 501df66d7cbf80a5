/** Where events wait until they are sent. docs/decisions/0009-buffers.md says which to take. */
export interface EventBuffer {
  /**
   * Keeps an entry (one line of text).
   * @returns once it is as safe as this buffer makes it: `kept`, or `full` when there is no room.
   * @throws {BufferUnavailableError} when the buffer cannot keep anything now: Redis is away, the disk is full.
   */
  readonly append: (entry: string) => Promise<"kept" | "full">;
  /** Resolves when something was sent since, and there may be room again. */
  readonly room: () => Promise<void>;
  /**
   * Takes the oldest entries that nobody has taken, about `bytes` of them at most.
   * @param hurry whether to take less than a full batch though other processes may be gathering one.
   * @throws {BufferUnavailableError}
   */
  readonly take: (bytes: number, hurry: boolean) => Promise<Batch | undefined>;
  readonly close: () => Promise<void>;
}

/** Entries that are being sent. Until `done` they stay in the buffer, for the next process if this one dies. */
export interface Batch {
  readonly entries: readonly string[];
  readonly done: () => Promise<void>;
}

/** A buffer that cannot keep or hand out anything now, though it may later. */
export class BufferUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BufferUnavailableError";
  }
}

/** Lets callers wait for one another's news. */
export class Notice {
  #waiting: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
