import type { Backend } from "../backend.ts";
import type { Input } from "../protocol/input.ts";
import * as metadata from "./metadata.ts";
import * as namedQueries from "./named-queries.ts";
import * as prepared from "./prepared-statements.ts";
import * as executions from "./query-executions.ts";
import { getQueryResults } from "./query-results.ts";
import { startQueryExecution } from "./start-query.ts";
import * as workgroups from "./workgroups.ts";

export type Operation = (backend: Backend, input: Input, caller: string) => object | Promise<object>;

/** The operations of Athena's API that the local Athena answers, by name. */
export const operations: Readonly<Record<string, Operation>> = {
  StartQueryExecution: startQueryExecution,
  StopQueryExecution: executions.stopQueryExecution,
  GetQueryExecution: executions.getQueryExecution,
  BatchGetQueryExecution: executions.batchGetQueryExecution,
  ListQueryExecutions: executions.listQueryExecutions,
  GetQueryRuntimeStatistics: executions.getQueryRuntimeStatistics,
  GetQueryResults: getQueryResults,
  CreateNamedQuery: namedQueries.createNamedQuery,
  GetNamedQuery: namedQueries.getNamedQuery,
  BatchGetNamedQuery: namedQueries.batchGetNamedQuery,
  ListNamedQueries: namedQueries.listNamedQueries,
  UpdateNamedQuery: namedQueries.updateNamedQuery,
  DeleteNamedQuery: namedQueries.deleteNamedQuery,
  CreatePreparedStatement: prepared.createPreparedStatement,
  GetPreparedStatement: prepared.getPreparedStatement,
  BatchGetPreparedStatement: prepared.batchGetPreparedStatement,
  ListPreparedStatements: prepared.listPreparedStatements,
  UpdatePreparedStatement: prepared.updatePreparedStatement,
  DeletePreparedStatement: prepared.deletePreparedStatement,
  GetWorkGroup: workgroups.getWorkGroup,
  ListWorkGroups: workgroups.listWorkGroups,
  ListEngineVersions: workgroups.listEngineVersions,
  ListDataCatalogs: metadata.listDataCatalogs,
  GetDataCatalog: metadata.getDataCatalog,
  ListDatabases: metadata.listDatabases,
  GetDatabase: metadata.getDatabase,
  ListTableMetadata: metadata.listTableMetadata,
  GetTableMetadata: metadata.getTableMetadata,
};
