import {
  GetQueryResultsCommand,
  type AthenaClient,
  type GetQueryResultsOutput,
} from "@aws-sdk/client-athena";
import type { QueryStatus } from "./status.ts";
import { columnsOf, valueOf, type AthenaValue, type ResultColumn } from "./values.ts";

/** A row by the keys of its columns. */
export type ResultRow = Record<string, AthenaValue>;

/**
 * The answer of a query. Iterating gives its rows as objects, page by page as they are asked for, so that a million
 * rows need the memory of one page. Each iteration reads the answer anew.
 */
export class QueryResult implements AsyncIterable<ResultRow> {
  /** The query's last status, with what it scanned. */
  readonly status: QueryStatus;
  readonly columns: readonly ResultColumn[];
  readonly #client: AthenaClient;
  readonly #signal: AbortSignal | undefined;
  #firstPage: GetQueryResultsOutput | undefined;

  private constructor(
    client: AthenaClient,
    status: QueryStatus,
    firstPage: GetQueryResultsOutput,
    signal?: AbortSignal,
  ) {
    this.status = status;
    this.columns = columnsOf(firstPage.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []);
    this.#client = client;
    this.#signal = signal;
    this.#firstPage = firstPage;
  }

  /** Opens the answer of a query that succeeded. @param signal ends reading with its reason. */
  static async open(client: AthenaClient, status: QueryStatus, signal?: AbortSignal): Promise<QueryResult> {
    return new QueryResult(client, status, await page(client, status, undefined, signal), signal);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ResultRow> {
    for await (const row of this.arrays()) {
      yield Object.fromEntries(this.columns.map(({ key }, index) => [key, row[index] ?? null]));
    }
  }

  /** The rows as arrays in the order of the columns. */
  async *arrays(): AsyncGenerator<AthenaValue[]> {
    let current = this.#firstPage ?? (await page(this.#client, this.status, undefined, this.#signal));
    this.#firstPage = undefined;
    let skip = this.#hasHeader(current) ? 1 : 0;
    for (;;) {
      for (const { Data } of (current.ResultSet?.Rows ?? []).slice(skip)) {
        yield this.columns.map(({ type }, index) => valueOf(Data?.[index], type));
      }
      if (current.NextToken === undefined) return;
      this.#signal?.throwIfAborted();
      current = await page(this.#client, this.status, current.NextToken, this.#signal);
      skip = 0;
    }
  }

  /** Athena repeats the column names as the first row of a SELECT's first page, and nowhere else. */
  #hasHeader({ ResultSet }: GetQueryResultsOutput): boolean {
    const first = ResultSet?.Rows?.[0]?.Data;
    return (
      this.status.statementType === "DML" &&
      first !== undefined &&
      this.columns.every(({ name }, index) => first[index]?.VarCharValue === name)
    );
  }
}

function page(
  client: AthenaClient,
  { queryExecutionId }: QueryStatus,
  nextToken: string | undefined,
  signal: AbortSignal | undefined,
): Promise<GetQueryResultsOutput> {
  const command = new GetQueryResultsCommand({
    QueryExecutionId: queryExecutionId,
    NextToken: nextToken,
    MaxResults: 1000,
  });
  return client.send(command, signal ? { abortSignal: signal } : {});
}
