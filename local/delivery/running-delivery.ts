import type { DuckDBConnection } from "@duckdb/node-api";
import type { ObjectStore } from "../lake/object-store.ts";
import type { Journal } from "../stream/journal.ts";
import type { DeliveryConfiguration } from "./delivery-configuration.ts";
import type { Buffered } from "./delivery-loop.ts";
import { DeliveryProgress, type DeliveryCounts } from "./delivery-progress.ts";
import { DeliveryStream } from "./delivery-stream.ts";

/** A declared delivery stream that reads the journal of its stream, or its own with Direct PUT. */
export class RunningDelivery {
  readonly configuration: DeliveryConfiguration;
  readonly #journal: Journal;
  readonly #progress: DeliveryProgress;
  readonly #stream: DeliveryStream;

  private constructor(
    configuration: DeliveryConfiguration,
    journal: Journal,
    progress: DeliveryProgress,
    stream: DeliveryStream,
  ) {
    this.configuration = configuration;
    this.#journal = journal;
    this.#progress = progress;
    this.#stream = stream;
  }

  /** Opens a delivery stream; it delivers nothing before `start`. */
  static async open(options: {
    configuration: DeliveryConfiguration;
    journal: Journal;
    store: ObjectStore;
    connection: DuckDBConnection;
    folder: string;
    /** Called after each delivery. */
    onDelivered: () => void;
    onTrouble: (error: Error) => void;
  }): Promise<RunningDelivery> {
    const { configuration, journal, store, connection, folder, onDelivered, onTrouble } = options;
    const progress = new DeliveryProgress();
    const stream = await DeliveryStream.open(configuration, {
      source: journal,
      store,
      connection,
      folder,
      onDelivered: (counts, position) => {
        progress.delivered(counts, position);
        onDelivered();
      },
      onTrouble: (error) => {
        progress.trouble(error);
        onTrouble(error);
      },
    });
    progress.startAt(stream.deliveredPosition);
    return new RunningDelivery(configuration, journal, progress, stream);
  }

  get counts(): DeliveryCounts {
    return this.#progress.counts;
  }

  get buffered(): Buffered {
    return this.#stream.buffered;
  }

  /** The position before which this delivery stream needs no records any more. */
  get releasedPosition(): number {
    return this.#stream.releasedPosition;
  }

  start(): void {
    this.#stream.start();
  }

  /** Fulfilled when it is closed; rejects when it can't go on. */
  finished(): Promise<void> {
    return this.#stream.finished();
  }

  /** Delivers what is buffered, and ends. */
  close(): Promise<void> {
    return this.#stream.close();
  }

  /**
   * Waits until `records` records were sent since the emulator started and they, and all before them, are in the lake or
   * in the error output.
   * @param deadlineMilliseconds how long nothing may be delivered. Default: the buffering interval and two minutes.
   * @throws {Error} saying what is missing, when that passes, the delivery fails or it is closed.
   */
  async waitUntilDelivered(options: { records: number; deadlineMilliseconds?: number }): Promise<void> {
    const { bufferingIntervalSeconds } = this.configuration.destination;
    const { records, deadlineMilliseconds = (bufferingIntervalSeconds + 120) * 1000 } = options;
    const waiting = Promise.withResolvers<void>();
    let target: number | undefined;
    const look = () => {
      if (this.#journal.appendedRecords >= records) target ??= this.#journal.end;
      if (target !== undefined && this.#progress.position >= target) waiting.resolve();
    };
    const stops = [this.#journal.onAppend(look), this.#progress.onDelivered(look)];
    const seconds = deadlineMilliseconds / 1000;
    const deadline = setTimeout(
      () => waiting.reject(this.#missing(records, `within ${seconds} s after the last delivery`)),
      deadlineMilliseconds,
    );
    stops.push(this.#progress.onDelivered(() => deadline.refresh()));
    this.#stream
      .finished()
      .then(() => waiting.reject(this.#missing(records, "before it was closed")), waiting.reject);
    look();
    try {
      await waiting.promise;
    } finally {
      clearTimeout(deadline);
      for (const stop of stops) stop();
    }
  }

  #missing(records: number, until: string): Error {
    const { name, streamName } = this.configuration;
    const sent = this.#journal.appendedRecords;
    const trouble = this.#progress.lastTrouble;
    return new Error(
      `Delivery stream "${name}" did not deliver ${records} records ${until}: ` +
        `${sent} came into ${streamName === undefined ? "it" : `stream "${streamName}"`}, ${this.counts.records} are delivered, ` +
        `${this.#stream.buffered.records} wait in the buffer.` +
        (trouble ? `\nThe last try failed: ${trouble.message}` : ""),
    );
  }
}
