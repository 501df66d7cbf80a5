import { setTimeout as sleep } from "node:timers/promises";
import { GetQueryExecutionCommand, type AthenaClient } from "@aws-sdk/client-athena";
import { isTerminal, statusOf, type QueryStatus } from "./status.ts";

export interface PollOptions {
  /** Ends the waiting at once; the query itself goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Told each status as it comes, the last one included. */
  readonly onStatus?: ((status: QueryStatus) => void) | undefined;
  /** The first pause between two looks. Each is a fifth longer than the one before. Default: 5. */
  readonly firstPauseMilliseconds?: number | undefined;
  /** The longest pause. Default: 1000, far below the 100 calls a second that Athena allows. */
  readonly longestPauseMilliseconds?: number | undefined;
}

/**
 * Waits until a query is over.
 * @returns its last status, of whatever kind; or the last one seen, when the signal came.
 */
export async function pollUntilOver(
  client: AthenaClient,
  queryExecutionId: string,
  { signal, onStatus, firstPauseMilliseconds = 5, longestPauseMilliseconds = 1000 }: PollOptions = {},
): Promise<QueryStatus> {
  let pause = firstPauseMilliseconds;
  for (;;) {
    const status = await queryStatus(client, queryExecutionId);
    onStatus?.(status);
    if (isTerminal(status) || signal?.aborted) return status;
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    pause = Math.min(pause * 1.2, longestPauseMilliseconds);
    if (signal?.aborted) return status;
  }
}

/** Where a query stands. @throws {InvalidRequestException} when there is none of this id. */
export async function queryStatus(client: AthenaClient, queryExecutionId: string): Promise<QueryStatus> {
  const { QueryExecution } = await client.send(
    new GetQueryExecutionCommand({ QueryExecutionId: queryExecutionId }),
  );
  if (!QueryExecution) throw new Error(`Athena says nothing about query ${queryExecutionId}.`);
  return statusOf(QueryExecution);
}
