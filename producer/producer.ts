import type { ColumnDefinition, Dataset } from "../schema/dataset.ts";
import type { EventOf } from "../schema/event-type.ts";
import { BufferedSender, bufferEntry } from "./buffered-sender.ts";
import type { EventBuffer } from "./buffers/buffer.ts";
import { memoryBuffer } from "./buffers/memory.ts";
import { eventChecker } from "./check-event.ts";
import type { DeliverOptions } from "./deliver.ts";
import { EventTooLargeError } from "./pack.ts";
import type { Sink } from "./sinks/sink.ts";

/** What a producer does where nothing else is said. */
export const producerDefaults = {
  onInvalid: "reject",
  whenFull: "wait",
  lingerMilliseconds: 1_000,
  concurrency: 4,
} as const;

export interface ProducerOptions<D> extends DeliverOptions {
  /** What flows: `send` takes its events only. */
  readonly dataset: D;
  /** Where events go. The producer closes it. */
  readonly sink: Sink;
  /** Where events wait. The producer closes it. Default: `memoryBuffer()`. */
  readonly buffer?: EventBuffer | undefined;
  /**
   * An event that does not fit the dataset: `reject` makes `send` throw; `pass-on` sends it in a record of its own, to be
   * found in the error output, and counts it. Default: `reject`.
   */
  readonly onInvalid?: "reject" | "pass-on" | undefined;
  /** When the buffer is full: `wait` makes `send` wait for room; `drop` drops the event and counts it. Default: `wait`. */
  readonly whenFull?: "wait" | "drop" | undefined;
  /** How long an event waits for others, in milliseconds. Default: 1,000. */
  readonly lingerMilliseconds?: number | undefined;
  /** Target size of a record in bytes. Default: 24,960. */
  readonly recordBytes?: number | undefined;
  /** How many calls are under way at most. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Gets the events that were given up, for `sluice send --from`. Default: `<dataset>.dead-letters.ndjson`. */
  readonly deadLetterFile?: string | undefined;
  /** Told what went wrong in the background. Default: - written to stderr. */
  readonly onError?: ((error: Error) => void) | undefined;
}

export interface ProducerCounts {
  /** Events that `send` took. */
  readonly accepted: number;
  /** Events that do not fit the dataset and were refused, and those that are larger than a record. */
  readonly rejected: number;
  /** Events that do not fit the dataset and were taken all the same. */
  readonly passedOn: number;
  /** Events that found the buffer full. */
  readonly dropped: number;
  /** Events that the sink took, those of other processes in a shared buffer included. */
  readonly delivered: number;
  /** Events that were given up and written to the dead-letter file. */
  readonly deadLetters: number;
  readonly records: number;
  readonly bytes: number;
  /** Records that were sent again. */
  readonly retries: number;
}

export interface Producer<D> {
  /**
   * Takes an event; it gets an id when it has none.
   * @returns once the buffer has it: then it survives what the buffer survives.
   * @throws {InvalidEventError} when it does not fit the dataset (unless those are passed on) or in a record;
   *   {BufferUnavailableError} when the buffer is away and has no fallback.
   */
  readonly send: (event: EventOf<D>) => Promise<void>;
  /** Sends all that waits; resolves when the sink took it, or it was given up and written to the dead-letter file. */
  readonly flush: () => Promise<void>;
  /** Takes nothing more, flushes, and closes buffer and sink. Call it on SIGTERM. */
  readonly close: () => Promise<ProducerCounts>;
  readonly counts: () => ProducerCounts;
}

/** An event that `send` refuses. */
export class InvalidEventError extends Error {
  constructor(problem: string) {
    super(`The event ${problem}.`);
    this.name = "InvalidEventError";
  }
}

/**
 * A producer for a backend: packs events into records and delivers them in the background.
 *
 * @example
 * const producer = createProducer({ dataset: accessLog, sink: kinesisSink({ streamName, region }) });
 * await producer.send({ time: new Date().toISOString(), status: 200 });
 * process.once("SIGTERM", () => void producer.close());
 */
export function createProducer<const Columns extends Record<string, ColumnDefinition>>(
  options: ProducerOptions<Dataset<Columns>>,
): Producer<Dataset<Columns>> {
  // Defaults are taken in destructuring, so that an option that is `undefined` counts as one that is not given.
  const {
    dataset,
    sink,
    buffer = memoryBuffer(),
    onInvalid = producerDefaults.onInvalid,
    whenFull = producerDefaults.whenFull,
    lingerMilliseconds = producerDefaults.lingerMilliseconds,
    concurrency = producerDefaults.concurrency,
    deadLetterFile = `${dataset.name}.dead-letters.ndjson`,
    onError = (error: Error) => console.error(`sluice producer: ${error.message}`),
  } = options;
  const check = eventChecker(dataset);
  const counts = {
    accepted: 0,
    rejected: 0,
    passedOn: 0,
    dropped: 0,
    delivered: 0,
    deadLetters: 0,
    records: 0,
    bytes: 0,
    retries: 0,
  };
  const sender = new BufferedSender({
    ...options,
    buffer,
    lingerMilliseconds,
    concurrency,
    deadLetterFile,
    onError,
    onDelivered: (delivery) => {
      counts.delivered += delivery.events;
      counts.records += delivery.records;
      counts.bytes += delivery.bytes;
      counts.retries += delivery.retries;
      for (const { record } of delivery.undelivered) counts.deadLetters += record.events;
    },
  });
  const sending = new Set<Promise<void>>();
  let closing: Promise<ProducerCounts> | undefined;

  const keep = async (entry: string): Promise<void> => {
    while ((await buffer.append(entry)) === "full") {
      if (whenFull === "drop") {
        counts.dropped++;
        return;
      }
      sender.hurry();
      await buffer.room();
    }
    counts.accepted++;
    sender.added(entry.length);
  };

  const send = async (event: EventOf<Dataset<Columns>>): Promise<void> => {
    if (closing) throw new Error("The producer is closed: it takes no more events.");
    const { line, problem } = check({ line: JSON.stringify(event) });
    const bytes = Buffer.byteLength(line) + 1;
    const tooLarge = bytes > sink.limits.bytesPerRecord;
    if (tooLarge || (problem !== undefined && onInvalid === "reject")) {
      counts.rejected++;
      throw new InvalidEventError(
        tooLarge ? new EventTooLargeError(bytes, sink.limits.bytesPerRecord).message : (problem ?? ""),
      );
    }
    if (problem !== undefined) counts.passedOn++;
    const kept = keep(bufferEntry(line, problem !== undefined));
    sending.add(kept);
    await kept.finally(() => sending.delete(kept));
  };

  const close = async (): Promise<ProducerCounts> => {
    await Promise.allSettled(sending);
    await sender.close();
    await buffer.close();
    sink.close();
    return counts;
  };

  return {
    send,
    flush: async () => {
      await Promise.allSettled(sending);
      await sender.flush();
    },
    close: () => (closing ??= close()),
    counts: () => ({ ...counts }),
  };
}
