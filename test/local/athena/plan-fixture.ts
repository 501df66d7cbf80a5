import type { DeploymentDocument, PlannedResource } from "../../../plan/deployment.ts";

const prefix = "urn:pulumi:test::shop::";

/** A resource of a plan, with its name as its URN's last part. */
export function resource(type: string, name: string, inputs: Record<string, unknown>): PlannedResource {
  return { urn: `${prefix}${type}::${name}`, custom: true, type, inputs, outputs: {} };
}

export function planOf(...resources: PlannedResource[]): DeploymentDocument {
  return {
    version: 3,
    deployment: { manifest: { time: "2026-11-20T00:00:00Z", magic: "", version: "" }, resources },
  };
}

export const database = resource("aws:glue/catalogDatabase:CatalogDatabase", "shop", { name: "shop" });

/** What a Parquet table declares beside its columns. */
const storage = {
  inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
  serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
};

export interface TableDefinition {
  columns: Record<string, string>;
  partitionKeys?: Record<string, string>;
  parameters?: Record<string, string>;
  location?: string;
}

export function table(name: string, definition: TableDefinition): PlannedResource {
  const columns = (types: Record<string, string>) =>
    Object.entries(types).map(([column, type]) => ({ name: column, type }));
  return resource("aws:glue/catalogTable:CatalogTable", name, {
    name,
    databaseName: "shop",
    tableType: "EXTERNAL_TABLE",
    partitionKeys: columns(definition.partitionKeys ?? {}),
    parameters: definition.parameters ?? {},
    storageDescriptor: {
      ...storage,
      columns: columns(definition.columns),
      location: definition.location ?? `s3://lake/${name}/`,
    },
  });
}

/** Projection by day from 1 January 2026 on. */
export function dailyProjection(name: string): Record<string, string> {
  return {
    "projection.enabled": "true",
    "projection.dt.type": "date",
    "projection.dt.format": "yyyy-MM-dd",
    "projection.dt.range": "2026-01-01,NOW",
    "storage.location.template": `s3://lake/${name}/dt=\${dt}/`,
  };
}

export function workgroup(name: string, configuration: Record<string, unknown> = {}): PlannedResource {
  return resource("aws:athena/workgroup:Workgroup", name, {
    name,
    configuration: {
      enforceWorkgroupConfiguration: true,
      resultConfiguration: { outputLocation: `s3://results/${name}/` },
      ...configuration,
    },
  });
}

export const visitColumns = {
  time: "timestamp",
  path: "string",
  status: "int",
  bytes: "bigint",
  seconds: "double",
  bot: "boolean",
  tags: "array<string>",
  headers: "map<string,string>",
  device: "struct<os:string,version:int>",
  price: "decimal(10,2)",
  birthday: "date",
};

/** A table of visits, partitioned by day. */
export const visits = table("visits", {
  columns: visitColumns,
  partitionKeys: { dt: "string" },
  parameters: dailyProjection("visits"),
});
