/**
 * How large a record is by default: five steps of 5 KB (Firehose bills a record rounded up to 5 KB) and one PUT payload
 * unit of 25 KB (provisioned Kinesis), both with the partition key and whether a KB is 1,000 or 1,024 bytes.
 * docs/decisions/0008-packed-records.md.
 */
export const defaultRecordBytes = 24_960;

/** Firehose's limit of a record, 1,000 KiB (aws-semantics 1.1). */
export const largestRecordBytes = 1_024_000;

/** A record: events as newline-delimited JSON, the last newline included. */
export interface PackedRecord {
  readonly data: Buffer;
  /** How many events are in it. */
  readonly events: number;
}

/** An event that fits in no record. */
export class EventTooLargeError extends Error {
  readonly bytes: number;

  constructor(bytes: number, largest: number) {
    super(
      `is ${bytes.toLocaleString("en-US")} bytes long; a record holds ${largest.toLocaleString("en-US")} at most`,
    );
    this.name = "EventTooLargeError";
    this.bytes = bytes;
  }
}

export interface PackerOptions {
  /** Target size of a record in bytes, 1-1,024,000. A larger event has a record of its own. Default: 24,960. */
  readonly recordBytes?: number | undefined;
  /** The largest record that the sink takes, in bytes. Default: 1,024,000. */
  readonly largestBytes?: number | undefined;
  /** How many events a record holds at most. Default: - as many as fit. */
  readonly eventsPerRecord?: number | undefined;
}

/** Collects events into records. */
export class Packer {
  readonly #target: number;
  readonly #largest: number;
  readonly #mostEvents: number;
  #lines: string[] = [];
  #bytes = 0;

  constructor(options: PackerOptions = {}) {
    const { recordBytes = defaultRecordBytes, largestBytes = largestRecordBytes } = options;
    if (!Number.isInteger(recordBytes) || recordBytes < 1 || recordBytes > largestBytes) {
      throw new Error(`recordBytes ${recordBytes}: use a whole number from 1 to ${largestBytes}.`);
    }
    this.#target = recordBytes;
    this.#largest = largestBytes;
    this.#mostEvents = options.eventsPerRecord ?? Infinity;
  }

  /** Bytes that wait for their record to be full. */
  get waitingBytes(): number {
    return this.#bytes;
  }

  /**
   * Adds an event.
   * @returns the record that was full without it, if any.
   * @throws {EventTooLargeError} when it fits in no record; what was collected stays.
   */
  add(line: string): PackedRecord | undefined {
    const bytes = Buffer.byteLength(line) + 1;
    if (bytes > this.#largest) throw new EventTooLargeError(bytes, this.#largest);
    const isFull = this.#bytes + bytes > this.#target || this.#lines.length >= this.#mostEvents;
    const full = isFull ? this.flush() : undefined;
    this.#lines.push(line);
    this.#bytes += bytes;
    return full;
  }

  /**
   * A record of one event alone, for one that may not be JSON: what Firehose makes of the rest of a record after a
   * document that does not parse is not documented, so no good event shares a record with it.
   * @throws {EventTooLargeError}
   */
  alone(line: string): PackedRecord {
    const data = Buffer.from(`${line}\n`);
    if (data.length > this.#largest) throw new EventTooLargeError(data.length, this.#largest);
    return { data, events: 1 };
  }

  /** The record of what was collected, if anything was. */
  flush(): PackedRecord | undefined {
    if (this.#lines.length === 0) return undefined;
    const data = Buffer.allocUnsafe(this.#bytes);
    data.write(`${this.#lines.join("\n")}\n`);
    const record = { data, events: this.#lines.length };
    this.#lines = [];
    this.#bytes = 0;
    return record;
  }
}
