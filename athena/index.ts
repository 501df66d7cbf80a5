/**
 * Runs queries on a pipeline's Athena workgroup, and reads the `.sql` files that are deployed there.
 *
 * @module
 */
import "#node-version";

export { athenaClient } from "./client/client.ts";
export { runNamedQuery, NoSuchQueryError, type RunNamedOptions } from "./client/run-named.ts";
export { runQuery, stopQuery, type RunOptions } from "./client/run.ts";
export type { QueryResult, ResultRow } from "./client/result.ts";
export type { QueryStatus } from "./client/status.ts";
export type { AthenaValue, ResultColumn } from "./client/values.ts";
export * from "./client/errors.ts";
export { costAtMost, costOf, type QueryCost } from "./client/billing.ts";
export {
  deployedQueries,
  deployedQuery,
  type DeployedNamedQuery,
  type QueryPlace,
} from "./client/deployed.ts";
export { DeployedDatasetError, deployedDataset } from "./client/deployed-dataset.ts";
export { queriesOf } from "./named-query/library.ts";
export { parseQuery, QueryFileError } from "./named-query/header.ts";
export type { Chart, NamedQuery, Parameter, ParameterType } from "./named-query/named-query.ts";
export {
  executionParametersOf,
  ParameterError,
  type ParameterValues,
} from "./named-query/execution-parameters.ts";
