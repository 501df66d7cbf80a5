import type { Dataset } from "../../schema/dataset.ts";
import { glueColumnsOf } from "../../schema/glue-columns.ts";
import { layoutOf } from "../../schema/layout.ts";
import { analyzeStatement } from "../dialect/analysis/analyze.ts";
import { candidateRelation, columnsRead } from "../dialect/analysis/scan.ts";
import type { CatalogColumn, CatalogTable } from "../dialect/catalog.ts";
import { parseStandaloneExpression, parseStatement } from "../dialect/parse/parse-statement.ts";
import { QueryFailure } from "../dialect/parse/syntax-error.ts";
import type { Select } from "../dialect/parse/syntax-tree.ts";
import { trinoTypeOf } from "../dialect/types/hive-type.ts";
import type { NamedQuery, ParameterType } from "../named-query/named-query.ts";
import { executionParametersOf } from "../named-query/execution-parameters.ts";

/** What can be known of a query without running it. */
export interface QueryFacts {
  /** The columns that it reads, in the table's order. Athena bills for these and no others. */
  readonly columnsRead: readonly string[];
  /** The columns of its answer. */
  readonly columns: readonly string[];
  /** Whether each reading of a table is limited by its partition column. */
  readonly prunesPartitions: boolean;
  /** Whether it says `SELECT *` anywhere. */
  readonly selectsAll: boolean;
}

/** A value of each type, for parameters without a default. */
const samples: Readonly<Record<ParameterType, string>> = {
  period: "today",
  string: "sample",
  int: "1",
  double: "1",
  date: "2026-01-01",
  timestamp: "2026-01-01 00:00:00",
};

/**
 * Parses and analyzes a query by Athena's rules, over the table of its dataset.
 * @throws {StatementSyntaxError} for what is no Athena SQL.
 * @throws {QueryFailure} for an unknown table, column or function, or types that don't fit.
 */
export function factsOf(query: NamedQuery, dataset: Dataset): QueryFacts {
  const statement = parseStatement(query.sql);
  if (statement.kind !== "select") throw new QueryFailure("NOT_SUPPORTED", "a named query is a SELECT");
  const table = tableOf(dataset);
  const given = query.parameters.map(({ name, type, default: value }) => [name, value ?? samples[type]]);
  const literals = executionParametersOf(query, Object.fromEntries(given) as Record<string, string>, {
    dataset,
  });
  const { reads, columns, scans } = analyzeStatement(statement.query, {
    findTable: (name, at) => {
      if (name.at(-1) === table.name) return table;
      throw new QueryFailure("TABLE_NOT_FOUND", `Table '${name.join(".")}' does not exist`, at);
    },
    parameters: literals.map(parseStandaloneExpression),
    startedAt: new Date(),
  });
  return {
    columnsRead: [...new Set(scans.flatMap((scan) => columnsRead(scan, reads)))],
    columns: columns.map(({ name }, index) => name ?? `_col${index}`),
    prunesPartitions: scans.every(({ partitionPredicates }) =>
      partitionPredicates.some((predicate) => predicate.includes(`${candidateRelation}.`)),
    ),
    selectsAll: hasStar(statement.query),
  };
}

function tableOf(dataset: Dataset): CatalogTable {
  const column = ({ name, type }: { name: string; type: string }): CatalogColumn => ({
    name,
    hiveType: type,
    type: trinoTypeOf(type),
  });
  return {
    database: "default",
    name: dataset.tableName,
    tableType: "EXTERNAL_TABLE",
    columns: glueColumnsOf(dataset).map(column),
    partitionKeys: layoutOf(dataset).partitionKeys.map(column),
    location: "s3://lake/",
    parameters: {},
    inputFormat: "",
    outputFormat: "",
    serializationLibrary: "",
  };
}

function hasStar(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hasStar);
  if (typeof node !== "object" || node === null) return false;
  const { kind, items } = node as Partial<Select>;
  if (kind === "select" && items?.some(({ expression }) => expression === undefined)) return true;
  return Object.values(node).some(hasStar);
}
