import type { QueryExecution } from "@aws-sdk/client-athena";

/** Where a query stands, and what it took so far. */
export interface QueryStatus {
  readonly queryExecutionId: string;
  readonly state: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  /** Why the state is what it is, as Athena says. */
  readonly reason?: string | undefined;
  /** Whether Athena says that trying again may help. */
  readonly retryable: boolean;
  readonly queueMilliseconds: number;
  readonly engineMilliseconds: number;
  readonly totalMilliseconds: number;
  /** Undefined until Athena tells. */
  readonly bytesScanned?: number | undefined;
  /** Whether the answer is that of an earlier run, which costs nothing. */
  readonly reused: boolean;
  /** DML, DDL or UTILITY: only DML is billed by bytes. */
  readonly statementType?: string | undefined;
  readonly workgroup?: string | undefined;
  /** Where the result's file is, `s3://...`. */
  readonly outputLocation?: string | undefined;
}

/** The status in Athena's description of a query. */
export function statusOf(execution: QueryExecution): QueryStatus {
  const { Status, Statistics, StatementType, WorkGroup, ResultConfiguration } = execution;
  return {
    queryExecutionId: execution.QueryExecutionId ?? "",
    state: Status?.State ?? "QUEUED",
    reason: Status?.StateChangeReason,
    retryable: Status?.AthenaError?.Retryable ?? false,
    queueMilliseconds: Statistics?.QueryQueueTimeInMillis ?? 0,
    engineMilliseconds: Statistics?.EngineExecutionTimeInMillis ?? 0,
    totalMilliseconds: Statistics?.TotalExecutionTimeInMillis ?? 0,
    bytesScanned: Statistics?.DataScannedInBytes,
    reused: Statistics?.ResultReuseInformation?.ReusedPreviousResult ?? false,
    statementType: StatementType,
    workgroup: WorkGroup,
    outputLocation: ResultConfiguration?.OutputLocation,
  };
}

/** Whether a query is over, well or not. */
export function isTerminal({ state }: QueryStatus): boolean {
  return state === "SUCCEEDED" || state === "FAILED" || state === "CANCELLED";
}
