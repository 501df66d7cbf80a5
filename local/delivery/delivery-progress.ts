import type { BufferCounts } from "./output.ts";

/** What a delivery stream delivered since the emulator started. */
export type DeliveryCounts = BufferCounts;

/** Sums up what is delivered, and lets others wait for it. */
export class DeliveryProgress {
  #counts: DeliveryCounts = {
    records: 0,
    events: 0,
    rows: 0,
    failedEvents: 0,
    objects: 0,
    errorObjects: 0,
    bytes: { json: 0, parquet: 0 },
  };
  #position = 0;
  #lastTrouble: Error | undefined;
  readonly #listeners = new Set<() => void>();

  get counts(): DeliveryCounts {
    return this.#counts;
  }

  /** All records before it are delivered. */
  get position(): number {
    return this.#position;
  }

  /** Why the last try to deliver failed, if it did. */
  get lastTrouble(): Error | undefined {
    return this.#lastTrouble;
  }

  /** @param position all records before it were delivered by an earlier emulator. */
  startAt(position: number): void {
    this.#position = position;
  }

  delivered(counts: BufferCounts, position: number): void {
    const sum = this.#counts;
    this.#counts = {
      records: sum.records + counts.records,
      events: sum.events + counts.events,
      rows: sum.rows + counts.rows,
      failedEvents: sum.failedEvents + counts.failedEvents,
      objects: sum.objects + counts.objects,
      errorObjects: sum.errorObjects + counts.errorObjects,
      bytes: {
        json: sum.bytes.json + counts.bytes.json,
        parquet: sum.bytes.parquet + counts.bytes.parquet,
      },
    };
    this.#position = position;
    this.#lastTrouble = undefined;
    for (const listener of this.#listeners) listener();
  }

  trouble(error: Error): void {
    this.#lastTrouble = error;
  }

  /** Calls `listener` after each delivery. @returns a function that ends that. */
  onDelivered(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
