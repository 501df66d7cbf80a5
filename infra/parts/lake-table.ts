import * as pulumi from "@pulumi/pulumi";
import * as glue from "@pulumi/aws/glue/index.js";
import type { Dataset } from "../../schema/dataset.ts";
import { glueColumnsOf } from "../../schema/glue-columns.ts";
import { layoutOf } from "../../schema/layout.ts";
import { tableParametersOf } from "../../schema/table-parameters.ts";
import { transformed, type Transform } from "../transform.ts";
import type { PartArgs } from "./part.ts";

export interface LakeTableArgs extends PartArgs {
  dataset: Dataset;
  transform?: Transform<glue.CatalogTableArgs> | undefined;
}

/** The Glue database and table that say what lies in the lake. Partitions are projected: there is no crawler. */
export class LakeTable extends pulumi.ComponentResource {
  readonly database: glue.CatalogDatabase;
  readonly table: glue.CatalogTable;

  constructor(name: string, args: LakeTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:LakeTable", name, {}, opts);
    const { names, dataset, tags } = args;
    const layout = layoutOf(dataset);
    this.database = new glue.CatalogDatabase(
      name,
      { name: names.database.name, description: pulumi.interpolate`Events of ${names.base}`, tags },
      { parent: this },
    );
    this.table = new glue.CatalogTable(
      name,
      ...transformed<glue.CatalogTableArgs>(
        args.transform,
        {
          name: names.table.name,
          databaseName: this.database.name,
          description: dataset.description,
          tableType: "EXTERNAL_TABLE",
          parameters: names.lakeBucket.name.apply((bucket) => ({
            EXTERNAL: "TRUE",
            classification: "parquet",
            ...layout.projectionParameters(bucket),
            ...tableParametersOf(dataset),
          })),
          partitionKeys: layout.partitionKeys.map((key) => ({ ...key })),
          storageDescriptor: {
            location: pulumi.interpolate`s3://${names.lakeBucket.name}/${layout.dataFolder}`,
            inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            serDeInfo: {
              serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            },
            columns: glueColumnsOf(dataset),
          },
        },
        { parent: this },
      ),
    );
    this.registerOutputs({ databaseName: this.database.name, tableName: this.table.name });
  }
}
