import type { Catalog, CatalogTable } from "../../../athena/dialect/catalog.ts";
import { QueryFailure } from "../../../athena/dialect/parse/syntax-error.ts";
import type { Position } from "../../../athena/dialect/parse/position.ts";

/**
 * The table that a statement names: `table`, `database.table` or `awsdatacatalog.database.table`.
 * @throws {QueryFailure} SCHEMA_NOT_FOUND, TABLE_NOT_FOUND; NOT_SUPPORTED for information_schema.
 */
export function findTable(
  catalog: Catalog,
  database: string | undefined,
  name: readonly string[],
  at?: Position,
): CatalogTable {
  const table = name.at(-1) ?? "";
  const schema = name.at(-2) ?? database?.toLowerCase() ?? "default";
  const data = name.length > 2 ? (name[0] ?? "").toLowerCase() : "awsdatacatalog";
  if (data !== "awsdatacatalog")
    throw new QueryFailure("SCHEMA_NOT_FOUND", `Catalog '${data}' does not exist`, at);
  if (schema === "information_schema") {
    const instead = "use SHOW TABLES, SHOW COLUMNS or DESCRIBE, or the API's ListTableMetadata";
    throw new QueryFailure("NOT_SUPPORTED", `the local Athena has no information_schema: ${instead}`, at);
  }
  const tables = catalog.get(schema);
  if (!tables) throw new QueryFailure("SCHEMA_NOT_FOUND", `Schema '${schema}' does not exist`, at);
  const found = tables.tables.get(table);
  if (!found)
    throw new QueryFailure("TABLE_NOT_FOUND", `Table 'awsdatacatalog.${schema}.${table}' does not exist`, at);
  return found;
}
