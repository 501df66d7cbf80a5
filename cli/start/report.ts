import type { AthenaValue, ResultColumn } from "../../queries/athena/values.ts";
import type { NamedQuery } from "../../queries/named-query.ts";

/** What `sluice start --json` prints. */
export interface JobReport {
  stack: string;
  dataset: string;
  /** `sent` is `delivered` (rows in the lake) and `failed` (events in the error output) together. */
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
  names: {
    stream: string | undefined;
    deliveryStream: string;
    bucket: string;
    table: string;
    workgroup: string;
  };
}
