import { Buffering } from "./buffering.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { BufferCounts, Output, StagedBuffer } from "./output.ts";
import type { RecordSource } from "./record-source.ts";

export interface DeliveryLoopOptions {
  readonly source: RecordSource;
  readonly checkpoint: Checkpoint;
  readonly output: Output;
  readonly sizeBytes: number;
  readonly intervalMilliseconds: number;
  /** Called after a buffer's objects are in their places. */
  readonly onDelivered: (counts: BufferCounts, position: number) => void;
  /** Called when the objects can't be written; the delivery is tried again, later and later. */
  readonly onTrouble: (error: Error) => void;
}

/** What a delivery stream has gathered and not yet delivered. */
export interface Buffered {
  readonly records: number;
  readonly bytes: number;
  /** Until it is delivered even if the buffer is not full; absent while it is empty. */
  readonly millisecondsToDelivery?: number;
}

/** Pauses between tries: Firehose tries until the stream's retention ends, the emulator until it is closed. */
const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 10_000;

/** Reads records, buffers them, delivers the buffers, in a circle until it is closed. */
export class DeliveryLoop {
  /** Rejects when the loop fails for another reason than that objects can't be written. */
  readonly finished: Promise<void>;
  readonly #options: DeliveryLoopOptions;
  readonly #buffering: Buffering;
  #readPosition: number;
  #buffered = 0;
  #closing = false;
  #wake = () => {};

  constructor(options: DeliveryLoopOptions) {
    this.#options = options;
    this.#buffering = new Buffering(options);
    this.#readPosition = options.checkpoint.position;
    this.finished = this.#run();
    this.finished.catch(() => {});
  }

  /** What was read and is not yet delivered. */
  get buffered(): Buffered {
    const remaining = this.#buffering.remaining(Date.now());
    return {
      records: this.#buffered,
      bytes: this.#buffering.bytes,
      ...(remaining !== undefined && { millisecondsToDelivery: remaining }),
    };
  }

  /** Delivers what is buffered and what is still unread, and ends. What can't be delivered stays in the stream. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#wake();
    await this.finished;
  }

  async #run(): Promise<void> {
    const { source, output } = this.#options;
    await output.clear();
    for (;;) {
      const records = await source.read(this.#readPosition);
      for (const record of records) {
        output.add(record);
        this.#buffered++;
        this.#readPosition = record.nextPosition;
        if (this.#buffering.add(record.data.length, Date.now()) && !(await this.#deliver())) return;
      }
      const isLast = this.#closing && this.#readPosition === source.end;
      const isDue = this.#buffering.remaining(Date.now()) === 0;
      if ((isDue || (isLast && this.#buffered > 0)) && !(await this.#deliver())) return;
      if (isLast) return;
      await this.#untilSomethingHappens();
    }
  }

  /** Waits for a new record, the end of the buffering interval, or the end. */
  async #untilSomethingHappens(): Promise<void> {
    const { source } = this.#options;
    const stopListening = source.onAppend(() => this.#wake());
    // A record may have come between the last read and here.
    if (source.end === this.#readPosition) await this.#pause(this.#buffering.remaining(Date.now()));
    stopListening();
  }

  /** @returns whether the buffer is delivered; it is not when the loop is closed before a try succeeds. */
  async #deliver(): Promise<boolean> {
    const { checkpoint, output, onDelivered } = this.#options;
    const position = this.#readPosition;
    let staged: StagedBuffer | undefined;
    const isDelivered =
      (await this.#untilItSucceeds(async () => (staged = await output.stage(checkpoint.version)))) &&
      (await this.#untilItSucceeds(() => checkpoint.commit(position, staged?.objects ?? []))) &&
      (await this.#untilItSucceeds(() => checkpoint.placeObjects()));
    if (!isDelivered || staged === undefined) return false;
    this.#buffered = 0;
    this.#buffering.clear();
    await output.clear();
    onDelivered(staged.counts, position);
    return true;
  }

  /** @returns false when the loop is closed before a try succeeds. */
  async #untilItSucceeds(action: () => Promise<unknown>): Promise<boolean> {
    for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 2, longestPauseMilliseconds)) {
      try {
        await action();
        return true;
      } catch (error) {
        this.#options.onTrouble(error as Error);
        if (this.#closing) return false;
      }
      await this.#pause(pause);
    }
  }

  /** Waits for a time, or without end, until it is woken. */
  async #pause(milliseconds: number | undefined): Promise<void> {
    if (this.#closing) return;
    const woken = Promise.withResolvers<void>();
    this.#wake = woken.resolve;
    const timer = milliseconds === undefined ? undefined : setTimeout(woken.resolve, milliseconds);
    await woken.promise;
    this.#wake = () => {};
    clearTimeout(timer);
  }
}
