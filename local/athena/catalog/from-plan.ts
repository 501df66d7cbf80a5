import type { DeploymentDocument, PlannedResource } from "../../../plan/deployment.ts";
import { requiredString, resourcesOfType } from "../../../plan/resources.ts";
import { trinoTypeOf } from "../../../athena/dialect/types/hive-type.ts";
import type {
  Catalog,
  CatalogColumn,
  CatalogDatabase,
  CatalogTable,
} from "../../../athena/dialect/catalog.ts";
import { projectionOf } from "../../../athena/projection/projection.ts";

/**
 * The databases and tables that a plan declares.
 * @throws {Error} when a table names a database that the plan does not declare, or a type that Athena has not.
 */
export function catalogOf(plan: DeploymentDocument): Catalog {
  const databases = new Map<string, CatalogDatabase & { tables: Map<string, CatalogTable> }>();
  for (const resource of resourcesOfType(plan, "aws:glue/catalogDatabase:CatalogDatabase")) {
    const name = requiredString(resource, "name");
    databases.set(name, { name, ...textField(resource.inputs, "description"), tables: new Map() });
  }
  for (const resource of resourcesOfType(plan, "aws:glue/catalogTable:CatalogTable")) {
    const table = tableOf(resource);
    const database = databases.get(table.database);
    if (!database) {
      throw new Error(
        `Table "${table.name}" is declared in database "${table.database}", which the plan does not declare.`,
      );
    }
    database.tables.set(table.name, table);
  }
  return databases;
}

function tableOf(resource: PlannedResource): CatalogTable {
  const { inputs } = resource;
  const storage = record(inputs["storageDescriptor"]);
  const serializer = record(storage["serDeInfo"]);
  const name = requiredString(resource, "name").toLowerCase();
  const partitionKeys = columnsOf(inputs["partitionKeys"]);
  const location = text(storage["location"]);
  const parameters = Object.fromEntries(
    Object.entries(record(inputs["parameters"])).map(([key, value]) => [key, text(value)]),
  );
  const projection = projectionOf(
    name,
    parameters,
    partitionKeys.map((key) => key.name),
    location,
  );
  return {
    database: requiredString(resource, "databaseName"),
    name,
    ...textField(inputs, "description"),
    tableType: text(inputs["tableType"]) || "EXTERNAL_TABLE",
    columns: columnsOf(storage["columns"]),
    partitionKeys,
    location,
    parameters,
    inputFormat: text(storage["inputFormat"]),
    outputFormat: text(storage["outputFormat"]),
    serializationLibrary: text(serializer["serializationLibrary"]),
    ...(projection && { projection }),
  };
}

function columnsOf(value: unknown): CatalogColumn[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => {
    const column = record(item);
    const hiveType = text(column["type"]);
    return {
      name: text(column["name"]).toLowerCase(),
      hiveType,
      type: trinoTypeOf(hiveType),
      ...textField(column, "comment"),
    };
  });
}

function textField<Key extends string>(source: Record<string, unknown>, key: Key): { [K in Key]?: string } {
  const value = source[key];
  return (typeof value === "string" ? { [key]: value } : {}) as { [K in Key]?: string };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
