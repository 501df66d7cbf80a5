import { catalogName, type Backend } from "../backend.ts";
import type { CatalogColumn, CatalogDatabase, CatalogTable } from "../../../athena/dialect/catalog.ts";
import { ApiError, invalidRequest } from "../protocol/api-error.ts";
import { optionalText, page, requiredText, type Input } from "../protocol/input.ts";

export function listDataCatalogs(backend: Backend, _input: Input, caller: string): object {
  backend.access.checkOperation(caller, { operation: "ListDataCatalogs" });
  return { DataCatalogsSummary: [{ CatalogName: catalogName, Type: "GLUE" }] };
}

export function getDataCatalog(backend: Backend, input: Input, caller: string): object {
  const name = requiredText(input, "Name");
  backend.access.checkOperation(caller, { operation: "GetDataCatalog", dataCatalog: name });
  if (name.toLowerCase() !== catalogName.toLowerCase())
    throw invalidRequest(`Data catalog ${name} was not found`);
  return { DataCatalog: { Name: catalogName, Description: "", Type: "GLUE", Parameters: {} } };
}

export function listDatabases(backend: Backend, input: Input, caller: string): object {
  backend.access.checkOperation(caller, {
    operation: "ListDatabases",
    dataCatalog: requiredText(input, "CatalogName"),
  });
  const { items, ...rest } = page([...backend.catalog.values()], input, 50);
  return { DatabaseList: items.map(describeDatabase), ...rest };
}

export function getDatabase(backend: Backend, input: Input, caller: string): object {
  const database = requiredText(input, "DatabaseName");
  backend.access.checkOperation(caller, {
    operation: "GetDatabase",
    dataCatalog: requiredText(input, "CatalogName"),
    database,
  });
  return { Database: describeDatabase(databaseOf(backend, database)) };
}

export function listTableMetadata(backend: Backend, input: Input, caller: string): object {
  const database = requiredText(input, "DatabaseName");
  const dataCatalog = requiredText(input, "CatalogName");
  backend.access.checkOperation(caller, { operation: "ListTableMetadata", dataCatalog, database });
  const pattern = new RegExp(`^(?:${optionalText(input, "Expression", 256) ?? ".*"})$`);
  const all = [...databaseOf(backend, database).tables.values()].filter(({ name }) => pattern.test(name));
  const { items, ...rest } = page(all, input, 50);
  return { TableMetadataList: items.map((table) => describeTable(backend, table)), ...rest };
}

export function getTableMetadata(backend: Backend, input: Input, caller: string): object {
  const database = requiredText(input, "DatabaseName");
  const name = requiredText(input, "TableName");
  const dataCatalog = requiredText(input, "CatalogName");
  backend.access.checkOperation(caller, {
    operation: "GetTableMetadata",
    dataCatalog,
    database,
    table: name,
  });
  const table = databaseOf(backend, database).tables.get(name.toLowerCase());
  if (!table) throw new ApiError("MetadataException", `EntityNotFoundException: Table ${name} not found.`);
  return { TableMetadata: describeTable(backend, table) };
}

function databaseOf(backend: Backend, name: string): CatalogDatabase {
  const database = backend.catalog.get(name.toLowerCase());
  if (!database)
    throw new ApiError("MetadataException", `EntityNotFoundException: Database ${name} not found.`);
  return database;
}

function describeDatabase({ name, description }: CatalogDatabase): object {
  return { Name: name, ...(description !== undefined && { Description: description }) };
}

function describeTable(backend: Backend, table: CatalogTable): object {
  const column = ({ name, hiveType, comment }: CatalogColumn) => ({
    Name: name,
    Type: hiveType,
    ...(comment !== undefined && { Comment: comment }),
  });
  return {
    Name: table.name,
    CreateTime: backend.startedAt.getTime() / 1000,
    TableType: table.tableType,
    Columns: table.columns.map(column),
    PartitionKeys: table.partitionKeys.map(column),
    Parameters: {
      ...table.parameters,
      inputformat: table.inputFormat,
      location: table.location,
      outputformat: table.outputFormat,
      "serde.serialization.lib": table.serializationLibrary,
    },
  };
}
