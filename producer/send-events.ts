import type { Dataset } from "../schema/dataset.ts";
import { eventChecker } from "./check-event.ts";
import type { DeliverOptions, Undelivered } from "./deliver.ts";
import { Dispatcher } from "./dispatcher.ts";
import { EventTooLargeError, Packer, type PackedRecord } from "./pack.ts";
import { Linger } from "./linger.ts";
import type { Sink } from "./sinks/sink.ts";
import { lineStart, placeText, type SourceEvent, type SourceEvents } from "./sources/source-event.ts";

export interface SendOptions extends DeliverOptions {
  readonly dataset: Dataset;
  readonly sink: Sink;
  /** Target size of a record in bytes. Default: 24,960. */
  readonly recordBytes?: number | undefined;
  /** How many calls are under way at most. Default: 4. */
  readonly concurrency?: number | undefined;
  /**
   * What becomes of an event that does not fit the dataset: `pass-on` sends it in a record of its own, so that it is
   * found in the error output; `reject` does not send it. Either way it is reported. Default: `pass-on`.
   */
  readonly onInvalid?: "pass-on" | "reject" | undefined;
  /** How long an event waits for others in its record, in milliseconds. Default: 1,000. */
  readonly lingerMilliseconds?: number | undefined;
  /** Ends the input early: what was read is still sent. */
  readonly signal?: AbortSignal | undefined;
  /** Called whenever a call was answered. */
  readonly onProgress?: ((progress: SendSummary) => void) | undefined;
  /** Called for each event that does not fit the dataset. */
  readonly onProblem?: ((problem: EventProblem) => void) | undefined;
  /** Called with the records that were given up. Default: - sendEvents throws at the first. */
  readonly onUndelivered?: ((undelivered: readonly Undelivered[]) => void | Promise<void>) | undefined;
}

export interface SendSummary {
  /** Events that the sink took, invalid ones that were passed on included. */
  readonly events: number;
  readonly records: number;
  /** Bytes of the records that the sink took. */
  readonly bytes: number;
  /** Records that were sent again. */
  readonly retries: number;
  /** Events that were not sent: too large, or invalid where those are rejected. */
  readonly rejected: number;
  /** Events that do not fit the dataset and were sent all the same. */
  readonly passedOn: number;
  /** Events in records that were given up. */
  readonly undelivered: number;
}

/** An event that does not fit the dataset. */
export interface EventProblem {
  /** `access.log.gz:8899 is not in combined log format: "46.118…"` */
  readonly message: string;
  readonly line: string;
  readonly sent: boolean;
}

/** Records could not be delivered. */
class UndeliveredError extends Error {
  constructor({ failure, record }: Undelivered) {
    super(`${failure.message}\nA record was given up, events in it: ${record.events}.`);
    this.name = "UndeliveredError";
  }
}

/**
 * Sends the events of a source: gives each an id where it has none, packs them into records and the records into calls.
 * Ends when everything was taken by the sink or given up.
 * @throws what the source throws, after what was read before was sent; {UndeliveredError} without `onUndelivered`.
 */
export async function sendEvents(events: SourceEvents, options: SendOptions): Promise<SendSummary> {
  const { dataset, sink, onInvalid = "pass-on", lingerMilliseconds = 1_000, signal } = options;
  const check = eventChecker(dataset);
  const packer = new Packer({
    recordBytes: options.recordBytes,
    largestBytes: sink.limits.bytesPerRecord,
    eventsPerRecord: sink.limits.eventsPerRecord,
  });
  const summary = { events: 0, records: 0, bytes: 0, retries: 0, rejected: 0, passedOn: 0, undelivered: 0 };

  const dispatcher = new Dispatcher(sink, {
    ...options,
    onDelivered: async (delivery) => {
      const [first] = delivery.undelivered;
      summary.events += delivery.events;
      summary.records += delivery.records;
      summary.bytes += delivery.bytes;
      summary.retries += delivery.retries;
      for (const { record } of delivery.undelivered) summary.undelivered += record.events;
      options.onProgress?.({ ...summary });
      if (first && !options.onUndelivered) throw new UndeliveredError(first);
      if (first) await options.onUndelivered?.(delivery.undelivered);
    },
  });

  const report = (event: SourceEvent, problem: string, sent: boolean) => {
    if (sent) summary.passedOn++;
    else summary.rejected++;
    options.onProblem?.({ message: problemMessage(event, problem), line: event.line, sent });
  };
  const pack = (event: SourceEvent): PackedRecord | undefined => {
    const { line, problem } = check(event);
    try {
      if (problem === undefined) return packer.add(line);
      const record = onInvalid === "pass-on" && event.cutShort !== true ? packer.alone(line) : undefined;
      report(event, problem, record !== undefined);
      return record;
    } catch (error) {
      if (!(error instanceof EventTooLargeError)) throw error;
      report(event, error.message, false);
      return undefined;
    }
  };

  const linger = new Linger(lingerMilliseconds, async () => {
    const record = packer.flush();
    if (record) await dispatcher.add(record);
    await dispatcher.flush();
  });
  try {
    for await (const event of events) {
      if (signal?.aborted === true) break;
      const record = pack(event);
      linger.start();
      if (record) await dispatcher.add(record);
    }
  } finally {
    await linger.end();
    await dispatcher.drain();
  }
  return summary;
}

function problemMessage(event: SourceEvent, problem: string): string {
  const where = event.place ? placeText(event.place) : "An event";
  return `${where} ${problem}: ${lineStart(event.line)}`;
}
