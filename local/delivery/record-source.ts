/** A record as a source hands it to a delivery stream. */
export interface SourceRecord {
  readonly data: Buffer;
  readonly sequenceNumber: string;
  /** Milliseconds since 1970. */
  readonly approximateArrivalTimestamp: number;
  /** Where to go on reading after this record. */
  readonly nextPosition: number;
}

/** Where a delivery stream takes its records from: a declared stream today. */
export interface RecordSource {
  /** The position of the oldest record that is kept. */
  readonly start: number;
  /** The position after the newest record. */
  readonly end: number;
  /** At least one record from `position` on, in order; none when `position` is the end. */
  read(position: number): Promise<readonly SourceRecord[]>;
  /** Calls `listener` when there are new records. @returns a function that ends that. */
  onAppend(listener: () => void): () => void;
}
