import { largestRecordBytes, type PackedRecord } from "../../../producer/pack.ts";
import type { RecordOutcome, Sink, SinkLimits } from "../../../producer/sinks/sink.ts";

export interface MemorySink extends Sink {
  /** The records of each call that arrived, in order. */
  readonly calls: PackedRecord[][];
  /** The lines that arrived, in order. */
  readonly lines: () => string[];
}

/** A sink that keeps what arrives; `outcome` decides what does. */
export function memorySink(
  outcome: (record: PackedRecord, call: number) => RecordOutcome = () => undefined,
  limits: Partial<SinkLimits> = {},
): MemorySink {
  const calls: PackedRecord[][] = [];
  let call = 0;
  return {
    name: "the test's sink",
    limits: {
      recordsPerCall: 500,
      bytesPerCall: 512 * 1024,
      bytesPerRecord: largestRecordBytes,
      overheadBytes: 8,
      ...limits,
    },
    calls,
    lines: () => calls.flat().flatMap(linesOf),
    put: (records) => {
      call++;
      const outcomes = records.map((record) => outcome(record, call));
      calls.push(records.filter((_, index) => outcomes[index] === undefined));
      return Promise.resolve(outcomes);
    },
    close: () => undefined,
  };
}

export function linesOf(record: PackedRecord): string[] {
  return record.data.toString().split("\n").slice(0, -1);
}

/** A failure that passes. */
export const throttled = {
  code: "ProvisionedThroughputExceededException",
  message: "Rate exceeded",
  retryable: true,
} as const;
