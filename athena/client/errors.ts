import type { QueryStatus } from "./status.ts";

/** A query that gave no answer. Its message is for people and ends with the next step. */
export class QueryError extends Error {
  /** What a command exits with: each kind of end has its own. */
  readonly exitCode: number;
  /** The query's last known state; undefined when it was never started. */
  readonly status?: QueryStatus | undefined;

  constructor(message: string, exitCode: number, status?: QueryStatus) {
    super(message);
    this.name = new.target.name;
    this.exitCode = exitCode;
    this.status = status;
  }
}

/** Athena refused to start: a syntax error, an unknown workgroup, no place for results. Costs nothing. Exit code 2. */
export class QueryRefusedError extends QueryError {
  /** @param code what Athena calls the refusal: MALFORMED_QUERY for a syntax error. */
  constructor(reason: string, code?: string) {
    const next =
      code === "MALFORMED_QUERY"
        ? "Correct the statement and run it again. Nothing is billed."
        : "Nothing was started, and nothing is billed.";
    super(`Athena refused the query: ${reason}\n${next}`, 2);
  }
}

/** The query ended as FAILED. Costs nothing. Exit code 1. */
export class QueryFailedError extends QueryError {
  constructor(status: QueryStatus) {
    const next = status.retryable
      ? "Athena says that trying again may help."
      : "Correct the statement or its parameters and run it again.";
    super(
      `Query ${status.queryExecutionId} failed: ${status.reason ?? "no reason given"}\n${next}`,
      1,
      status,
    );
  }
}

/** Somebody else, or Athena itself, cancelled the query. Exit code 3. */
export class QueryCancelledError extends QueryError {
  constructor(status: QueryStatus) {
    super(
      `Query ${status.queryExecutionId} was cancelled: ${status.reason ?? "no reason given"}\n` +
        `${scanned(status)} Run it again if you still need it.`,
      3,
      status,
    );
  }
}

/** The query read more than the workgroup allows, and was ended. Exit code 4. */
export class ScanLimitError extends QueryError {
  constructor(status: QueryStatus) {
    super(
      `Query ${status.queryExecutionId} was ended at the workgroup's limit of bytes scanned.\n` +
        `${scanned(status)} Ask for a shorter period or fewer columns, or have bytesScannedCutoffPerQuery raised.`,
      4,
      status,
    );
  }
}

/** The query was stopped because it took longer than the caller allowed. Exit code 124, as of timeout(1). */
export class QueryTimeoutError extends QueryError {
  constructor(status: QueryStatus, timeoutSeconds: number) {
    super(
      `Query ${status.queryExecutionId} was stopped after ${timeoutSeconds} s.\n` +
        `${scanned(status)} Allow more time, or ask for a shorter period.`,
      124,
      status,
    );
  }
}

/** The caller stopped the query. Exit code 130, as of a program that SIGINT ended. */
export class QueryInterruptedError extends QueryError {
  constructor(status: QueryStatus) {
    super(`Query ${status.queryExecutionId} was stopped on the server. ${scanned(status)}`, 130, status);
  }
}

/** The error of a query that ended as FAILED or CANCELLED. */
export function errorOf(status: QueryStatus): QueryError {
  if (status.state === "FAILED") return new QueryFailedError(status);
  // The reason that Athena gives at the cutoff is "Bytes scanned limit was exceeded" (aws-semantics 4.3).
  return /bytes scanned limit/i.test(status.reason ?? "")
    ? new ScanLimitError(status)
    : new QueryCancelledError(status);
}

function scanned({ bytesScanned }: QueryStatus): string {
  if (bytesScanned === undefined) return "It may have scanned bytes, which are billed.";
  if (bytesScanned === 0) return "It scanned nothing.";
  return `It scanned ${bytesScanned.toLocaleString("en")} bytes, which are billed.`;
}
