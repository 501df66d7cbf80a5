import { ResourceNotFoundException, type AthenaClient } from "@aws-sdk/client-athena";
import type { Dataset } from "../../schema/dataset.ts";
import type { NamedQuery } from "../named-query/named-query.ts";
import {
  dependsOnDataset,
  executionParametersOf,
  type ParameterValues,
} from "../named-query/execution-parameters.ts";
import { datasetOfDatabase } from "./deployed-dataset.ts";
import { deployedQueries, deployedQuery } from "./deployed.ts";
import type { QueryResult } from "./result.ts";
import { runQuery, type RunOptions } from "./run.ts";

export interface RunNamedOptions extends Omit<RunOptions, "executionParameters"> {
  /** What the query is about, for periods and days. Default: what the database's table says. */
  readonly dataset?: Dataset | undefined;
  /** The instant that relative periods count from. Default: now. */
  readonly now?: Date | undefined;
}

/** A name that no query of the workgroup has. */
export class NoSuchQueryError extends Error {
  override name = "NoSuchQueryError";
  /** What a command exits with: a wrong call. */
  readonly exitCode = 2;
}

/**
 * Runs a named query and gives typed rows as an async iterable.
 * @param query its name in the workgroup, or the query itself.
 * @param values its parameters by name; those left out take their defaults.
 * @throws {NoSuchQueryError} naming the queries there are.
 * @throws {ParameterError} before anything is run, when a value is unknown, missing or of another type.
 * @throws {QueryError} when the query gives no answer.
 *
 * @example
 * const pages = await runNamedQuery("top_pages", { period: "last 7 days" }, { client, workgroup, database });
 * for await (const { page, views } of pages) console.log(page, views);
 */
export async function runNamedQuery(
  query: string | NamedQuery,
  values: ParameterValues,
  { dataset, now, ...options }: RunNamedOptions,
): Promise<QueryResult> {
  const { client, workgroup } = options;
  const named = typeof query === "string" ? await queryNamed(client, workgroup, query) : query;
  const database = options.database ?? ("database" in named ? (named.database as string) : undefined);
  const about = named.parameters.some(dependsOnDataset)
    ? (dataset ?? (await datasetOfDatabase(client, database ?? "default")))
    : undefined;
  const executionParameters = executionParametersOf(named, values, {
    ...(about && { dataset: about }),
    ...(now && { now }),
  });
  return runQuery(named.sql, {
    ...options,
    ...(database !== undefined && { database }),
    executionParameters,
  });
}

async function queryNamed(client: AthenaClient, workgroup: string, name: string): Promise<NamedQuery> {
  const query = await deployedQuery(client, { workgroup }, name).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  });
  if (query) return query;
  const names = (await deployedQueries(client, { workgroup })).map((each) => each.name);
  throw new NoSuchQueryError(
    `no query "${name}" in the workgroup "${workgroup}". There are ${names.join(", ") || "none"}.`,
  );
}
