import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import type { DeliveryStream } from "../../authoring/firehose.ts";
import { deliveryStream } from "../../authoring/resource-types.ts";

export const firehoseBackupCompression = defineResourceRule<DeliveryStream>()({
  name: "firehose-backup-compression",
  description: "The backup of the source records is compressed.",
  why: "A backup holds every record as it came, is written once and read almost never: compressed it costs a tenth.",
  level: "mandatory",
  severity: "medium",
  framework: { name: "AWS Well-Architected", reference: "COST06: data compression" },
  tags: ["cost", "firehose", "s3"],
  types: [deliveryStream],
  remediationSteps: ["Set `s3BackupConfiguration.compressionFormat` to GZIP."],
  config: {
    formats: z
      .array(z.string())
      .default(["GZIP", "Snappy", "HADOOP_SNAPPY", "ZIP"])
      .describe("Accepted compression formats."),
  },
  checks: [
    ({ props, config, violation, each }) =>
      each(["extendedS3Configuration", "redshiftConfiguration"] as const, (destination) => {
        const block = props[destination];
        if (block?.s3BackupMode !== "Enabled") return;
        const format = block.s3BackupConfiguration?.compressionFormat ?? "UNCOMPRESSED";
        if (config.formats.includes(format)) return;
        violation(`s3BackupConfiguration.compressionFormat is ${format}; use ${config.formats.join(", ")}`);
      }),
  ],
});
