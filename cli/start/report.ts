import type { AthenaValue, ResultColumn } from "../../athena/client/values.ts";
import type { Pipeline } from "../../pipelines/pipeline.ts";
import type { NamedQuery } from "../../athena/named-query/named-query.ts";

/** What `sluice start --json` prints. */
export interface JobReport {
  stack: string;
  pipeline: string;
  dataset: string;
  /**
   * Events that the stream took, rows in the lake, events in the error output. The first is the sum of the others, but
   * for lines of an input that hold more than one event each.
   */
  events: { sent: number; delivered: number; failed: number };
  /** Kinesis records; each holds many events. */
  records: number;
  /** Parquet objects in the lake. */
  objects: number;
  bytes: { json: number; parquet: number };
  queries: Record<string, Record<string, AthenaValue>[]>;
  seconds: { plan: number; start: number; send: number; deliver: number; query: number; total: number };
}

/** One named query with its answer. */
export interface Answer {
  query: NamedQuery;
  columns: readonly ResultColumn[];
  rows: AthenaValue[][];
  seconds: number;
}

export interface JobResult {
  report: JobReport;
  answers: Answer[];
  /** Where the events lie on this machine. */
  lakeFolder: string;
  pipeline: Pipeline;
}
