import { setTimeout as wait } from "node:timers/promises";
import { backoffMilliseconds } from "./backoff.ts";
import { BufferUnavailableError, Notice, type Batch, type EventBuffer } from "./buffers/buffer.ts";
import { CallPacker } from "./call-packer.ts";
import { writeDeadLetters } from "./dead-letters.ts";
import { deliver, type Delivery, type DeliverOptions, type Undelivered } from "./deliver.ts";
import { Packer, type PackedRecord } from "./pack.ts";
import { SinkError, type Sink } from "./sinks/sink.ts";

export interface BufferedSenderOptions extends DeliverOptions {
  readonly sink: Sink;
  readonly buffer: EventBuffer;
  readonly recordBytes?: number | undefined;
  readonly concurrency: number;
  readonly lingerMilliseconds: number;
  readonly deadLetterFile: string;
  readonly onDelivered: (delivery: Delivery) => void;
  readonly onError: (error: Error) => void;
}

/** An entry of a buffer that has a record of its own: no line of JSON starts like this. */
const alonePrefix = "!";

export function bufferEntry(line: string, alone: boolean): string {
  return alone ? alonePrefix + line : line;
}

/** Empties a buffer into a sink: takes batches, packs them, delivers them, a few at a time. */
export class BufferedSender {
  readonly #options: BufferedSenderOptions;
  readonly #batchBytes: number;
  readonly #timer: NodeJS.Timeout;
  readonly #finished = new Notice();
  #underWay = 0;
  #addedBytes = 0;
  #pumping: Promise<void> | undefined;

  constructor(options: BufferedSenderOptions) {
    this.#options = options;
    this.#batchBytes = options.sink.limits.bytesPerCall;
    // Also finds what other processes put into a shared buffer, or an earlier one left.
    this.#timer = setInterval(() => void this.#pump("what gathered"), options.lingerMilliseconds);
  }

  /** Says that the buffer got an entry of that size. */
  added(bytes: number): void {
    this.#addedBytes += bytes;
    if (this.#addedBytes >= this.#batchBytes) this.hurry();
  }

  /** Sends now what fills batches. */
  hurry(): void {
    this.#addedBytes = 0;
    void this.#pump("full batches");
  }

  /** Sends everything that the buffer holds, and waits for its end. */
  async flush(): Promise<void> {
    await this.#pumping;
    await this.#pump("everything");
    while (this.#underWay > 0) await this.#finished.wait();
  }

  /** Flushes for the last time. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  #pump(what: "what gathered" | "full batches" | "everything"): Promise<void> {
    this.#pumping ??= this.#takeAll(what !== "what gathered", what === "everything").finally(() => {
      this.#pumping = undefined;
    });
    return this.#pumping;
  }

  async #takeAll(hurry: boolean, everything: boolean): Promise<void> {
    for (let first = true; ; first = false) {
      while (this.#underWay >= this.#options.concurrency) await this.#finished.wait();
      const batch = await this.#take(hurry || !first);
      if (!batch) return;
      this.#underWay++;
      void this.#send(batch).finally(() => {
        this.#underWay--;
        this.#finished.give();
      });
      // What comes after less than a full batch is still gathering.
      const bytes = batch.entries.reduce((sum, entry) => sum + entry.length + 1, 0);
      if (bytes < this.#batchBytes && !everything) return;
    }
  }

  async #take(hurry: boolean): Promise<Batch | undefined> {
    try {
      return await this.#options.buffer.take(this.#batchBytes, hurry);
    } catch (error) {
      // Both an outage, which passes, and what nobody foresaw: the next round tries again.
      if (!(error instanceof BufferUnavailableError)) this.#options.onError(error as Error);
      return undefined;
    }
  }

  /** Never fails: an event that can be neither sent nor written down is tried again for as long as that is so. */
  async #send(batch: Batch): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        for (const records of this.#calls(batch.entries)) await this.#deliver(records);
        await batch.done();
        return;
      } catch (error) {
        this.#options.onError(error as Error);
        await wait(backoffMilliseconds(attempt, this.#options));
      }
    }
  }

  async #deliver(records: readonly PackedRecord[]): Promise<void> {
    const { sink, deadLetterFile, onDelivered, onError } = this.#options;
    let delivery: Delivery;
    try {
      delivery = await deliver(sink, records, this.#options);
    } catch (error) {
      if (!(error instanceof SinkError)) throw error;
      const undelivered = records.map((record) => ({ record, failure: error.failure }));
      delivery = { undelivered, events: 0, bytes: 0, records: 0, retries: 0 };
    }
    const [first] = delivery.undelivered;
    if (first) {
      await writeDeadLetters(deadLetterFile, delivery.undelivered);
      onError(new Error(deadLetterMessage(delivery.undelivered, first, deadLetterFile)));
    }
    onDelivered(delivery);
  }

  /** Packs entries into records and the records into calls within the sink's limits. */
  *#calls(entries: readonly string[]): Generator<PackedRecord[]> {
    const { limits } = this.#options.sink;
    const packer = new Packer({
      recordBytes: this.#options.recordBytes,
      largestBytes: limits.bytesPerRecord,
      eventsPerRecord: limits.eventsPerRecord,
    });
    const calls = new CallPacker(limits);
    for (const entry of entries) {
      const record = entry.startsWith(alonePrefix) ? packer.alone(entry.slice(1)) : packer.add(entry);
      const full = record && calls.add(record);
      if (full) yield full;
    }
    const lastRecord = packer.flush();
    const full = lastRecord && calls.add(lastRecord);
    if (full) yield full;
    const rest = calls.flush();
    if (rest) yield rest;
  }
}

function deadLetterMessage(undelivered: readonly Undelivered[], first: Undelivered, file: string): string {
  const events = undelivered.reduce((sum, { record }) => sum + record.events, 0);
  return `${first.failure.message}\n${events} events were given up and are in ${file}. Send them again: sluice send --from ${file}`;
}
