import { datasetNamed } from "../../datasets/index.ts";
import { queryNamed } from "../named-query/library.ts";
import type { NamedQuery } from "../named-query/named-query.ts";
import { executionParametersOf, type ParameterValues } from "../named-query/execution-parameters.ts";
import type { QueryResult } from "./result.ts";
import { runQuery, type RunOptions } from "./run.ts";

export interface RunNamedOptions extends Omit<RunOptions, "executionParameters"> {
  /** Which dataset's query, where several have one of the name. Default: the one that has it. */
  readonly dataset?: string;
  /** The instant that relative periods count from. Default: now. */
  readonly now?: Date;
}

/**
 * Runs a named query and gives typed rows as an async iterable.
 * @param query its name (`top_pages`, `clickstream/top_pages`), or the query itself.
 * @param values its parameters by name; those left out take their defaults.
 * @throws {ParameterError} before anything is sent, when a value is unknown, missing or of another type.
 * @throws {QueryError} when the query gives no answer.
 *
 * @example
 * const pages = await runNamedQuery("clickstream/top_pages", { period: "last 7 days" }, { client, workgroup, database });
 * for await (const { page, views } of pages) console.log(page, views);
 */
export async function runNamedQuery(
  query: string | NamedQuery,
  values: ParameterValues,
  { dataset, now, ...options }: RunNamedOptions,
): Promise<QueryResult> {
  const named = typeof query === "string" ? queryNamed(query, dataset) : query;
  const executionParameters = executionParametersOf(named, values, {
    dataset: datasetNamed(named.dataset),
    now,
  });
  return runQuery(named.sql, { ...options, executionParameters });
}
