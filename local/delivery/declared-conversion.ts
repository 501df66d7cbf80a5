import type { DeploymentDocument } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { planOfRegion } from "../iam/region.ts";
import type { CatalogTableInputs, ConversionInputs } from "./declared-inputs.ts";
import type { Conversion } from "./delivery-configuration.ts";
import type { ParquetCodec } from "./parquet-table.ts";
import { RowConverter } from "./row-converter.ts";

/**
 * The conversion that the inputs describe, by the table that the plan declares.
 * @param problem takes what AWS refuses at creation, in AWS's order (aws-semantics 1.4), and what the emulator can't do.
 */
export function conversionOf(
  inputs: ConversionInputs,
  plan: DeploymentDocument,
  where: { region: string; accountId: string },
  problem: (rule: string) => void,
): Conversion | undefined {
  const deserializer = inputs.inputFormatConfiguration?.deserializer;
  const serializer = inputs.outputFormatConfiguration?.serializer;
  const schema = inputs.schemaConfiguration;
  if (!deserializer) problem("InputFormatConfiguration is required when data format conversion is enabled.");
  else if (deserializer.hiveJsonSerDe && deserializer.openXJsonSerDe)
    problem("Exactly one deserializer is allowed.");
  else if (deserializer.hiveJsonSerDe)
    problem("hiveJsonSerDe is not supported by the emulator. Use openXJsonSerDe.");
  if (!serializer) problem("OutputFormatConfiguration is required when data format conversion is enabled.");
  else if (serializer.orcSerDe && serializer.parquetSerDe) problem("Exactly one serializer is allowed.");
  else if (serializer.orcSerDe) problem("orcSerDe is not supported by the emulator. Use parquetSerDe.");
  const parquet = serializer?.parquetSerDe;
  const codec = parquet?.compression ?? "SNAPPY";
  if (!["SNAPPY", "GZIP", "UNCOMPRESSED"].includes(codec)) {
    problem(`ParquetSerDe.Compression "${codec}" must be one of UNCOMPRESSED, GZIP, SNAPPY.`);
  }
  if ((parquet?.blockSizeBytes ?? 67_108_864) < 67_108_864) {
    problem(`ParquetSerDe.BlockSizeBytes must be at least 67108864, got ${parquet?.blockSizeBytes}.`);
  }
  if ((parquet?.pageSizeBytes ?? 65_536) < 65_536) {
    problem(`ParquetSerDe.PageSizeBytes must be at least 65536, got ${parquet?.pageSizeBytes}.`);
  }
  if (!schema) {
    problem("SchemaConfiguration is required when data format conversion is enabled.");
    return undefined;
  }

  const { databaseName = "", tableName = "" } = schema;
  const inRegion = planOfRegion(plan, schema.region ?? where.region);
  const table = resourcesOfType(inRegion, "aws:glue/catalogTable:CatalogTable")
    .map((resource) => resource.inputs as CatalogTableInputs)
    .find((candidate) => candidate.databaseName === databaseName && candidate.name === tableName);
  if (!table) {
    problem(
      `EntityNotFoundException: table "${tableName}" of database "${databaseName}" is not declared in the plan.`,
    );
    return undefined;
  }
  const columns = (table.storageDescriptor?.columns ?? []).map(({ name = "", type = "string" }) => ({
    name,
    type,
  }));
  const lowerCase = columns.map(({ name }) => name.toLowerCase());
  const duplicate = columns.find(({ name }, index) => lowerCase.indexOf(name.toLowerCase()) < index);
  if (duplicate) problem(`table "${tableName}" declares the column "${duplicate.name}" twice.`);
  if (columns.length === 0)
    problem(`table "${tableName}" of database "${databaseName}" declares no columns.`);
  const { caseInsensitive, convertDotsInJsonKeysToUnderscores, columnToJsonKeyMappings } =
    deserializer?.openXJsonSerDe ?? {};
  const openX = {
    caseInsensitive: caseInsensitive ?? true,
    convertDotsInJsonKeysToUnderscores: convertDotsInJsonKeysToUnderscores ?? false,
    columnToJsonKeyMappings: columnToJsonKeyMappings ?? {},
  };
  try {
    new RowConverter(columns, openX);
  } catch (error) {
    problem(`table "${tableName}": ${(error as Error).message}`);
  }
  return {
    columns,
    openX,
    codec: codec as ParquetCodec,
    dataCatalogTable: {
      catalogId: schema.catalogId ?? where.accountId,
      databaseName,
      tableName,
      region: schema.region ?? where.region,
      versionId: schema.versionId ?? "LATEST",
      roleArn: schema.roleArn ?? "",
    },
  };
}
