import {
  InvalidRequestException,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  type AthenaClient,
} from "@aws-sdk/client-athena";
import { errorOf, QueryInterruptedError, QueryRefusedError, QueryTimeoutError } from "./errors.ts";
import { pollUntilOver, queryStatus } from "./poll.ts";
import { QueryResult } from "./result.ts";
import type { QueryStatus } from "./status.ts";

export interface RunOptions {
  readonly client: AthenaClient;
  readonly workgroup: string;
  /** The Glue database of unqualified table names. Default: none. */
  readonly database?: string | undefined;
  /** SQL literals for the placeholders, in their order. Default: none. */
  readonly executionParameters?: readonly string[] | undefined;
  /** Takes the answer of the same statement when it is at most so old, 0-10080 minutes. Default: runs anew. */
  readonly reuseMinutes?: number | undefined;
  /** Stops the query when it takes longer, in seconds. Default: Athena's own limit, 30 minutes. */
  readonly timeoutSeconds?: number | undefined;
  /** Stops the query on the server. */
  readonly signal?: AbortSignal | undefined;
  /** Told the status while the query runs. */
  readonly onStatus?: ((status: QueryStatus) => void) | undefined;
}

/**
 * Runs a statement and waits until its answer can be read.
 * @throws {QueryError} of the kind of its end: refused, failed, cancelled, cut off, timed out, interrupted.
 */
export async function runQuery(sql: string, options: RunOptions): Promise<QueryResult> {
  const { client, signal, timeoutSeconds, onStatus } = options;
  const timeout = timeoutSeconds === undefined ? undefined : AbortSignal.timeout(timeoutSeconds * 1000);
  signal?.throwIfAborted();
  const queryExecutionId = await startQuery(sql, options);
  const status = await pollUntilOver(client, queryExecutionId, {
    signal: AbortSignal.any([signal, timeout].filter((each) => each !== undefined)),
    onStatus,
  });
  if (status.state === "SUCCEEDED") return QueryResult.open(client, status, signal);
  if (status.state === "FAILED" || status.state === "CANCELLED") throw errorOf(status);

  const stopped = await stopQuery(client, queryExecutionId);
  if (signal?.aborted) throw new QueryInterruptedError(stopped);
  throw new QueryTimeoutError(stopped, timeoutSeconds ?? 0);
}

/** Stops a query on the server and says what it came to. A query that is over stays as it is. */
export async function stopQuery(client: AthenaClient, queryExecutionId: string): Promise<QueryStatus> {
  await client.send(new StopQueryExecutionCommand({ QueryExecutionId: queryExecutionId }));
  // The stop takes a moment, and the bytes scanned are known after it; a second must do.
  return pollUntilOver(client, queryExecutionId, { signal: AbortSignal.timeout(1000) }).catch(() =>
    queryStatus(client, queryExecutionId),
  );
}

/** Starts a statement. Never aborted half-way: a start whose answer nobody hears is a query that nobody can stop. */
async function startQuery(sql: string, options: RunOptions): Promise<string> {
  const { client, workgroup, database, executionParameters = [], reuseMinutes } = options;
  try {
    const { QueryExecutionId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: workgroup,
        QueryExecutionContext: { Database: database },
        ...(executionParameters.length > 0 && { ExecutionParameters: [...executionParameters] }),
        ResultReuseConfiguration:
          reuseMinutes === undefined
            ? undefined
            : { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes } },
      }),
    );
    return QueryExecutionId ?? "";
  } catch (error) {
    if (error instanceof InvalidRequestException)
      throw new QueryRefusedError(error.message, error.AthenaErrorCode);
    throw error;
  }
}
