import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { convertsFormat, nestedS3Configurations, type DeliveryStream } from "../../authoring/firehose.ts";
import { deliveryStream } from "../../authoring/resource-types.ts";

export const firehoseS3Compression = defineResourceRule<DeliveryStream>()({
  name: "firehose-s3-compression",
  description: "What Firehose writes to S3 is compressed.",
  why: "S3 bills stored bytes and Athena bills scanned bytes: uncompressed JSON costs three to ten times as much, each month and at each query. With format conversion the serializer inside Parquet or ORC compresses, and the outer format must stay UNCOMPRESSED.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS Well-Architected", reference: "COST06: data compression" },
  tags: ["cost", "firehose", "s3"],
  types: [deliveryStream],
  remediationSteps: [
    "With format conversion: leave `compressionFormat` unset or UNCOMPRESSED and set `parquetSerDe.compression` to SNAPPY or GZIP.",
    "Without: set `compressionFormat` to GZIP.",
  ],
  config: {
    formats: z
      .array(z.string())
      .default(["GZIP", "Snappy", "HADOOP_SNAPPY", "ZIP"])
      .describe("Accepted S3 compression formats of deliveries without format conversion."),
    parquet: z
      .array(z.string())
      .default(["SNAPPY", "GZIP"])
      .describe("Accepted compressions inside Parquet."),
    orc: z.array(z.string()).default(["SNAPPY", "ZLIB"]).describe("Accepted compressions inside ORC."),
  },
  checks: [
    ({ props, config, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3) return;
      const format = s3.compressionFormat ?? "UNCOMPRESSED";
      if (convertsFormat(s3)) {
        if (format === "UNCOMPRESSED") return;
        violation(`compressionFormat is ${format}, but with format conversion AWS accepts only UNCOMPRESSED`);
      } else if (!config.formats.includes(format)) {
        violation(`compressionFormat is ${format}; use ${config.formats.join(", ")}`);
      }
    },
    ({ props, config, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3 || !convertsFormat(s3)) return;
      const serializer = s3.dataFormatConversionConfiguration?.outputFormatConfiguration?.serializer;
      // The service's default in both formats is SNAPPY.
      const parquet = serializer?.parquetSerDe && (serializer.parquetSerDe.compression ?? "SNAPPY");
      if (parquet && !config.parquet.includes(parquet)) {
        violation(`parquetSerDe.compression is ${parquet}; use ${config.parquet.join(", ")}`);
      }
      const orc = serializer?.orcSerDe && (serializer.orcSerDe.compression ?? "SNAPPY");
      if (orc && !config.orc.includes(orc)) {
        violation(`orcSerDe.compression is ${orc}; use ${config.orc.join(", ")}`);
      }
    },
    ({ props, config, violation, each }) =>
      each(nestedS3Configurations(props), ({ path, s3 }) => {
        const format = s3.compressionFormat ?? "UNCOMPRESSED";
        if (config.formats.includes(format)) return;
        violation(`${path}.compressionFormat is ${format}; use ${config.formats.join(", ")}`);
      }),
  ],
});
