import {
  GetTableMetadataCommand,
  paginateListTableMetadata,
  type AthenaClient,
  type TableMetadata,
} from "@aws-sdk/client-athena";
import type { Dataset } from "../../schema/dataset.ts";
import { carriesDataset, datasetOfTable, type TableDescription } from "../../schema/table-parameters.ts";

/** The dataset of a database that can't be told. The message says which there are. */
export class DeployedDatasetError extends Error {
  override name = "DeployedDatasetError";
  /** What a command exits with: a wrong call. */
  readonly exitCode = 2;
}

/** The catalog that Athena has of Glue's tables. */
const catalog = "AwsDataCatalog";

/**
 * The dataset of a deployed pipeline, as its Glue table carries it. Athena reads the table, so an analyst may.
 * @throws {TableParametersError} when the table's parameters do not say which dataset it holds; whatever the client throws.
 */
export async function deployedDataset(
  client: AthenaClient,
  { databaseName, tableName }: { databaseName: string; tableName: string },
): Promise<Dataset> {
  const { TableMetadata } = await client.send(
    new GetTableMetadataCommand({ CatalogName: catalog, DatabaseName: databaseName, TableName: tableName }),
  );
  return datasetOfTable(descriptionOf(TableMetadata, tableName));
}

/**
 * The dataset of a database that is known by its name alone.
 * @param name of the dataset, where the database has several.
 * @throws {DeployedDatasetError} when no table there, or several, carry a dataset of the name.
 */
export async function datasetOfDatabase(
  client: AthenaClient,
  database: string,
  name?: string,
): Promise<Dataset> {
  const found: Dataset[] = [];
  for await (const page of paginateListTableMetadata(
    { client },
    { CatalogName: catalog, DatabaseName: database },
  )) {
    for (const table of page.TableMetadataList ?? []) {
      const description = descriptionOf(table, "");
      if (carriesDataset(description)) found.push(datasetOfTable(description));
    }
  }
  const chosen = found.filter((dataset) => name === undefined || dataset.name === name);
  if (chosen.length === 1 && chosen[0]) return chosen[0];
  const names = found.map((dataset) => dataset.name).join(", ");
  throw new DeployedDatasetError(
    chosen.length > 1
      ? `the database "${database}" holds several datasets. Say which with --dataset: ${names}.`
      : `the database "${database}" holds ${name === undefined ? "no dataset" : `no dataset "${name}"`}. It holds ${names || "none"}.`,
  );
}

function descriptionOf(table: TableMetadata | undefined, name: string): TableDescription {
  return {
    name: table?.Name ?? name,
    columns: (table?.Columns ?? []).map(({ Name = "", Type = "", Comment }) => ({
      name: Name,
      type: Type,
      ...(Comment !== undefined && { comment: Comment }),
    })),
    parameters: table?.Parameters ?? {},
  };
}
