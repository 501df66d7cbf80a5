import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { convertsFormat, type DeliveryStream } from "../../authoring/firehose.ts";
import { deliveryStream } from "../../authoring/resource-types.ts";
import { isSet } from "../../authoring/unknown.ts";

const serializers = { parquet: "parquetSerDe", orc: "orcSerDe" } as const;

export const firehoseColumnarConversion = defineResourceRule<DeliveryStream>()({
  name: "firehose-columnar-conversion",
  description: "Firehose converts what it delivers to S3 into a columnar format.",
  why: "Athena bills scanned bytes. A query over three of twenty columns reads those three from Parquet, and all twenty from JSON.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS Well-Architected", reference: "COST06: columnar formats" },
  tags: ["cost", "firehose", "parquet"],
  types: [deliveryStream],
  remediationSteps: [
    "Declare `dataFormatConversionConfiguration` with a deserializer, a `parquetSerDe` and a `schemaConfiguration`.",
    "Name the Glue database, the table and the role in `schemaConfiguration`.",
  ],
  config: {
    formats: z
      .array(z.enum(["parquet", "orc"]))
      .default(["parquet"])
      .describe("Accepted columnar formats."),
  },
  checks: [
    ({ props, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3 || convertsFormat(s3)) return;
      violation(
        s3.dataFormatConversionConfiguration
          ? "dataFormatConversionConfiguration.enabled is false"
          : "dataFormatConversionConfiguration is unset",
      );
    },
    ({ props, config, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3 || !convertsFormat(s3)) return;
      const serializer = s3.dataFormatConversionConfiguration?.outputFormatConfiguration?.serializer;
      if (config.formats.some((format) => isSet(serializer, serializers[format]))) return;
      violation(
        `the serializer is none of ${config.formats.map((format) => serializers[format]).join(", ")}`,
      );
    },
    ({ props, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3 || !convertsFormat(s3)) return;
      const schema = s3.dataFormatConversionConfiguration?.schemaConfiguration;
      for (const property of ["databaseName", "tableName", "roleArn"] as const) {
        if (!isSet(schema, property)) violation(`schemaConfiguration.${property} is unset`);
      }
    },
    ({ props, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3 || !convertsFormat(s3)) return;
      const deserializer = s3.dataFormatConversionConfiguration?.inputFormatConfiguration?.deserializer;
      if (isSet(deserializer, "openXJsonSerDe") || isSet(deserializer, "hiveJsonSerDe")) return;
      violation("inputFormatConfiguration names neither openXJsonSerDe nor hiveJsonSerDe");
    },
  ],
});
