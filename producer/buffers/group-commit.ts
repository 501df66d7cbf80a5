/**
 * Writes entries in groups: while one write is under way the next ones gather, and then go together. Each caller waits
 * for the write that holds its entry.
 */
export class GroupCommit {
  readonly #write: (entries: readonly string[]) => Promise<void>;
  readonly #maxBytes: number;
  #gathering: { entries: string[]; bytes: number; written: Promise<void> } | undefined;
  #last: Promise<void> = Promise.resolve();

  /** @param maxBytes how large a group is at most. */
  constructor(write: (entries: readonly string[]) => Promise<void>, maxBytes: number) {
    this.#write = write;
    this.#maxBytes = maxBytes;
  }

  /** Resolves when the entry is written. */
  add(entry: string): Promise<void> {
    let group = this.#gathering;
    if (!group || group.bytes + entry.length > this.#maxBytes) {
      const entries: string[] = [];
      const own: NonNullable<typeof group> = { entries, bytes: 0, written: Promise.resolve() };
      own.written = this.#last.then(() => {
        if (this.#gathering === own) this.#gathering = undefined;
        return this.#write(entries);
      });
      this.#last = own.written.catch(() => undefined);
      this.#gathering = group = own;
    }
    group.entries.push(entry);
    group.bytes += entry.length;
    return group.written;
  }

  /** Does some other work while nothing is being written, after what was added before. */
  exclusively(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
