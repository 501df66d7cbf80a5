import type { SourceRecord } from "./record-source.ts";

/** A file that waits to become an object. */
export interface StagedObject {
  readonly bucket: string;
  readonly key: string;
  /** A file of the object store's disk. */
  readonly file: string;
}

/** What a buffer becomes when it is delivered. */
export interface StagedBuffer {
  readonly objects: readonly StagedObject[];
  readonly counts: BufferCounts;
}

/** What a buffer holds. */
export interface BufferCounts {
  readonly records: number;
  readonly events: number;
  /** Events in the data object. */
  readonly rows: number;
  /** Events in the error object. */
  readonly failedEvents: number;
  readonly objects: number;
  readonly errorObjects: number;
  readonly bytes: {
    /** Of the records, as they were sent. */
    readonly json: number;
    /** Of the data object. */
    readonly parquet: number;
  };
}

/** Gathers the records of one buffer and makes files of them. */
export interface Output {
  /** Begins an empty buffer. */
  clear(): Promise<void>;
  add(record: SourceRecord): void;
  /** Writes the files. It may be repeated when it failed. */
  stage(version: number): Promise<StagedBuffer>;
}

/** The smallest of the arrivals that were added: an object is named after its oldest record (aws-semantics 1.8). */
export class OldestArrival {
  #milliseconds = Infinity;

  add(record: SourceRecord): void {
    this.#milliseconds = Math.min(this.#milliseconds, record.approximateArrivalTimestamp);
  }

  get instant(): Date {
    return new Date(this.#milliseconds);
  }
}
