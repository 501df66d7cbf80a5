import type { PackedRecord } from "../pack.ts";

/** Where records go: a Kinesis stream, a Firehose stream, an HTTP endpoint. */
export interface Sink {
  /** For messages: `Kinesis stream "sluice-dev-clickstream"`. */
  readonly name: string;
  readonly limits: SinkLimits;
  /**
   * Sends records in one call.
   * @returns one outcome for each record, in their order.
   * @throws {SinkError} when the call as a whole failed: none of the records is known to have arrived.
   */
  readonly put: (records: readonly PackedRecord[]) => Promise<readonly RecordOutcome[]>;
  readonly close: () => void;
}

export interface SinkLimits {
  readonly recordsPerCall: number;
  /** Bytes of all records of a call, each with `overheadBytes`. */
  readonly bytesPerCall: number;
  readonly bytesPerRecord: number;
  /** Default: - as many events as fit into a record. */
  readonly eventsPerRecord?: number;
  /** What a record adds to its data in the count of a call: its partition key, say. */
  readonly overheadBytes: number;
}

/** What became of one record: nothing to say when it was taken. */
export type RecordOutcome = undefined | RecordFailure;

export interface RecordFailure {
  /** AWS's error code, or Node's. */
  readonly code: string;
  readonly message: string;
  /** Whether sending it again can help. */
  readonly retryable: boolean;
  /** Whether the sink itself waits before it sends to the same place again, so that the sender need not. */
  readonly sinkWaits?: boolean;
  /** What of the record failed. Default: - all of it. */
  readonly rest?: PackedRecord;
}

/** A call that failed as a whole. */
export class SinkError extends Error {
  readonly failure: RecordFailure;

  constructor(failure: RecordFailure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = "SinkError";
    this.failure = failure;
  }
}
