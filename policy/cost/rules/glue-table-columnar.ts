import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { glue } from "@pulumi/aws";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { glueTable } from "../../authoring/resource-types.ts";

type Table = Unwrap<glue.CatalogTableArgs>;

const classes = {
  parquet: {
    inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  },
  orc: {
    inputFormat: "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat",
    serializationLibrary: "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
  },
} as const;

/** Views hold no data, and Iceberg tables say their format in their own metadata. */
function hasOwnFormat({ tableType, openTableFormatInput, parameters }: Table): boolean {
  if (tableType === "VIRTUAL_VIEW" || openTableFormatInput !== undefined) return false;
  return parameters?.["table_type"]?.toUpperCase() !== "ICEBERG";
}

export const glueTableColumnar = defineResourceRule<Table>()({
  name: "glue-table-columnar",
  description: "A Glue table is columnar, lies in S3 and is cut into partitions that Athena can find.",
  why: "Format and partitions decide what a query scans and so what it costs. A projection that lacks a partition column fails every query; one that does not match the layout finds no rows.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS documentation", reference: "Athena: top performance tuning tips" },
  tags: ["cost", "glue", "athena", "parquet"],
  types: [glueTable],
  remediationSteps: [
    "Set `inputFormat`, `outputFormat` and `serializationLibrary` to Hive's Parquet classes.",
    "Set `location` to an s3:// folder and declare `partitionKeys`.",
    "With `projection.enabled`, give each partition key a `projection.<key>.type` and name it in `storage.location.template`.",
  ],
  config: {
    formats: z
      .array(z.enum(["parquet", "orc"]))
      .default(["parquet"])
      .describe("Accepted formats."),
  },
  checks: [
    ({ props, config, violation }) => {
      if (!hasOwnFormat(props)) return;
      const storage = props.storageDescriptor;
      const found = {
        inputFormat: storage?.inputFormat,
        outputFormat: storage?.outputFormat,
        serializationLibrary: storage?.serDeInfo?.serializationLibrary,
      };
      const differing = config.formats.map((format) =>
        (Object.keys(found) as (keyof typeof found)[]).filter((key) => found[key] !== classes[format][key]),
      );
      if (differing.some((keys) => keys.length === 0)) return;
      const nearest = differing.sort((a, b) => a.length - b.length)[0] ?? [];
      violation(`${nearest.join(", ")} of the storage descriptor: not ${config.formats.join(" or ")}`);
    },
    ({ props, violation }) => {
      if (!hasOwnFormat(props)) return;
      const location = props.storageDescriptor?.location;
      if (!location?.startsWith("s3://")) violation("storageDescriptor.location is no s3:// folder");
    },
    ({ props, violation }) => {
      if (!hasOwnFormat(props)) return;
      if ((props.partitionKeys ?? []).length === 0) {
        violation("partitionKeys is empty: every query scans the whole table");
      }
    },
    ({ props, violation, each }) => {
      if (!hasOwnFormat(props) || props.parameters?.["projection.enabled"]?.toLowerCase() !== "true") return;
      each(props.partitionKeys, ({ name }) => {
        if (!(`projection.${name}.type` in props.parameters!)) violation(`projection.${name}.type is unset`);
        const template = props.parameters?.["storage.location.template"];
        if (template !== undefined && !template.includes(`\${${name}}`)) {
          violation(`storage.location.template does not name \${${name}}`);
        }
      });
    },
  ],
});
