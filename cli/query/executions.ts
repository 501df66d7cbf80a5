import {
  BatchGetQueryExecutionCommand,
  paginateListQueryExecutions,
  type AthenaClient,
} from "@aws-sdk/client-athena";
import { statusOf, type QueryStatus } from "../../athena/client/status.ts";
import { withoutComments } from "../../athena/sql/sql-text.ts";

/** An earlier run of a query. */
export interface PastExecution {
  readonly status: QueryStatus;
  readonly submitted?: Date | undefined;
  /** The named query's name, where it was one; else the statement's beginning. */
  readonly query: string;
  readonly isNamed: boolean;
}

/** Athena lists at most so many at once. */
const pageSize = 50;

/** The latest runs in a workgroup, newest first. Athena keeps them for 45 days. */
export async function pastExecutions(
  client: AthenaClient,
  workgroup: string,
  count: number,
): Promise<PastExecution[]> {
  const found: PastExecution[] = [];
  const pages = paginateListQueryExecutions(
    { client, pageSize: Math.min(pageSize, count) },
    { WorkGroup: workgroup },
  );
  for await (const { QueryExecutionIds = [] } of pages) {
    if (QueryExecutionIds.length > 0) {
      const { QueryExecutions = [] } = await client.send(
        new BatchGetQueryExecutionCommand({ QueryExecutionIds }),
      );
      for (const execution of QueryExecutions) {
        found.push({
          status: statusOf(execution),
          submitted: execution.Status?.SubmissionDateTime,
          ...shortText(execution.Query ?? ""),
        });
      }
    }
    if (found.length >= count) break;
  }
  return found.sort((a, b) => timeOf(b) - timeOf(a)).slice(0, count);
}

function shortText(sql: string): { query: string; isNamed: boolean } {
  const name = /^-- name: (\S+)\s*$/m.exec(sql)?.[1] ?? /^\s*EXECUTE\s+(\S+)/i.exec(sql)?.[1];
  if (name !== undefined) return { query: name, isNamed: true };
  return { query: withoutComments(sql).replaceAll(/\s+/g, " ").slice(0, 200), isNamed: false };
}

function timeOf({ submitted }: PastExecution): number {
  return submitted?.getTime() ?? 0;
}
