import type { Catalog, CatalogColumn, CatalogTable } from "../../../athena/dialect/catalog.ts";
import { QueryFailure } from "../../../athena/dialect/parse/syntax-error.ts";
import type { Statement } from "../../../athena/dialect/parse/statement.ts";
import { varchar } from "../../../athena/dialect/types/trino-type.ts";
import { resultColumn } from "./column-info.ts";
import type { ResultColumn } from "./execution.ts";
import { findTable } from "./find-table.ts";

/** The text result of a statement about the catalog. */
export interface TextResult {
  readonly lines: readonly string[];
  readonly columns: readonly ResultColumn[];
}

export type ShowStatement = Extract<
  Statement,
  {
    kind:
      | "showTables"
      | "showDatabases"
      | "showColumns"
      | "showPartitions"
      | "showCreateTable"
      | "showProperties"
      | "describe";
  }
>;

export function isShow(statement: Statement): statement is ShowStatement {
  return statement.kind.startsWith("show") || statement.kind === "describe";
}

/** The table that a statement shows, for those that show one. */
export function tablesShown(
  statement: Statement,
  catalog: Catalog,
  database: string | undefined,
): { database: string; table: string }[] {
  if (!isShow(statement) || !("table" in statement)) return [];
  const table = findTable(catalog, database, statement.table);
  return [{ database: table.database, table: table.name }];
}

/** Answers SHOW and DESCRIBE as Hive's DDL does. @throws {QueryFailure} */
export function show(statement: ShowStatement, catalog: Catalog, database: string | undefined): TextResult {
  const text = (...names: string[]) => names.map((name) => resultColumn(name, varchar));
  switch (statement.kind) {
    case "showDatabases":
      return {
        lines: matching([...catalog.keys()].sort(), statement.pattern),
        columns: text("database_name"),
      };
    case "showTables": {
      const name = statement.database ?? database?.toLowerCase() ?? "default";
      const tables = catalog.get(name)?.tables;
      if (!tables) throw new QueryFailure("SCHEMA_NOT_FOUND", `Schema '${name}' does not exist`);
      return { lines: matching([...tables.keys()].sort(), statement.pattern), columns: text("tab_name") };
    }
    case "showPartitions":
      // Projected partitions are not in the catalog (aws-semantics 4.5).
      findTable(catalog, database, statement.table);
      return { lines: [], columns: text("partition") };
    case "showColumns": {
      const table = findTable(catalog, database, statement.table);
      return {
        lines: [...table.columns, ...table.partitionKeys].map(({ name }) => name.padEnd(20)),
        columns: text("field"),
      };
    }
    case "showProperties": {
      const { parameters } = findTable(catalog, database, statement.table);
      return {
        lines: Object.entries(parameters).map((pair) => pair.join("\t")),
        columns: text("prpt_name", "prpt_value"),
      };
    }
    case "showCreateTable":
      return {
        lines: createTable(findTable(catalog, database, statement.table)),
        columns: text("createtab_stmt"),
      };
    case "describe":
      return {
        lines: describe(findTable(catalog, database, statement.table)),
        columns: text("col_name", "data_type", "comment"),
      };
  }
}

/** Hive's patterns: `*` for any text, `|` between alternatives. */
function matching(names: readonly string[], pattern: string | undefined): string[] {
  if (pattern === undefined) return [...names];
  const body = pattern
    .toLowerCase()
    .replaceAll(/[.+?^${}()[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*");
  const expression = new RegExp(`^(?:${body})$`);
  return names.filter((name) => expression.test(name));
}

function describe(table: CatalogTable): string[] {
  const line = ({ name, hiveType, comment = "" }: CatalogColumn) =>
    [name, hiveType, comment].map((part) => part.padEnd(20)).join("\t");
  const columns = [...table.columns, ...table.partitionKeys].map(line);
  if (table.partitionKeys.length === 0) return columns;
  const heading = ["# col_name", "data_type", "comment"].map((part) => part.padEnd(20)).join("\t");
  return [
    ...columns,
    "\t \t ",
    "# Partition Information\t \t ",
    heading,
    "\t \t ",
    ...table.partitionKeys.map(line),
  ];
}

function createTable(table: CatalogTable): string[] {
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  const columns = (list: readonly CatalogColumn[]) =>
    list.map(({ name, hiveType, comment }, i) => {
      const end = i === list.length - 1 ? ")" : ",";
      return `  \`${name}\` ${hiveType}${comment === undefined ? "" : ` COMMENT ${quoted(comment)}`}${end}`;
    });
  const properties = Object.entries(table.parameters).map(([key, value], i, all) => {
    return `  ${quoted(key)}=${quoted(value)}${i === all.length - 1 ? ")" : ","}`;
  });
  return [
    `CREATE EXTERNAL TABLE \`${table.database}.${table.name}\`(`,
    ...columns(table.columns),
    ...(table.partitionKeys.length > 0 ? ["PARTITIONED BY ( ", ...columns(table.partitionKeys)] : []),
    "ROW FORMAT SERDE ",
    `  ${quoted(table.serializationLibrary)} `,
    "STORED AS INPUTFORMAT ",
    `  ${quoted(table.inputFormat)} `,
    "OUTPUTFORMAT ",
    `  ${quoted(table.outputFormat)}`,
    "LOCATION",
    `  ${quoted(table.location)}`,
    ...(properties.length > 0 ? ["TBLPROPERTIES (", ...properties] : []),
  ];
}
