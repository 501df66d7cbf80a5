import { bucketOfArn } from "../../aws/arn.ts";
import { firehoseTimeZoneProblem } from "../../schema/time-zone.ts";
import type { Destination } from "./delivery-configuration.ts";
import type { ExtendedS3Inputs, S3Inputs } from "./declared-inputs.ts";
import { dataPrefix, errorPrefix, type Prefix } from "./prefix.ts";

/** AWS's own defaults; the buffer is larger with conversion (aws-semantics 1.2). */
const defaults = { sizeMiB: 5, sizeMiBWithConversion: 128, intervalSeconds: 300 };

/**
 * The destination that S3 inputs describe.
 * @param buckets names of the declared buckets.
 * @param problem takes what AWS refuses at creation, and what the emulator can't do.
 */
export function destinationOf(
  inputs: S3Inputs & Pick<ExtendedS3Inputs, "customTimeZone" | "fileExtension">,
  converts: boolean,
  buckets: ReadonlySet<string>,
  problem: (rule: string) => void,
): Destination {
  const bucket = bucketOfArn(inputs.bucketArn ?? "") ?? "";
  if (!buckets.has(bucket)) {
    problem(`bucketArn "${inputs.bucketArn ?? ""}" is no bucket that the plan declares (S3.NoSuchBucket).`);
  }

  const compression = inputs.compressionFormat ?? "UNCOMPRESSED";
  if (converts && compression !== "UNCOMPRESSED") {
    problem(
      `CompressionFormat must be UNCOMPRESSED when data format conversion is enabled, got ${compression}. ` +
        "Set the codec in the Parquet serializer.",
    );
  } else if (!["UNCOMPRESSED", "GZIP"].includes(compression)) {
    problem(
      ["ZIP", "Snappy", "HADOOP_SNAPPY"].includes(compression)
        ? `compressionFormat ${compression} is not supported by the emulator. Use UNCOMPRESSED or GZIP in this stack.`
        : `CompressionFormat "${compression}" must be one of UNCOMPRESSED, GZIP, ZIP, Snappy, HADOOP_SNAPPY.`,
    );
  }

  const sizeMiB = inputs.bufferingSize ?? (converts ? defaults.sizeMiBWithConversion : defaults.sizeMiB);
  if (!isWithin(sizeMiB, 1, 128)) problem(`BufferingHints.SizeInMBs must be 1-128, got ${sizeMiB}.`);
  else if (converts && sizeMiB < 64) {
    problem(
      `BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled, got ${sizeMiB}.`,
    );
  }
  const intervalSeconds = inputs.bufferingInterval ?? defaults.intervalSeconds;
  if (!isWithin(intervalSeconds, 0, 900)) {
    problem(`BufferingHints.IntervalInSeconds must be 0-900, got ${intervalSeconds}.`);
  }

  // "" means unset for both (aws-semantics 1.8).
  const timeZone = inputs.customTimeZone || "UTC";
  for (const text of firehoseTimeZoneProblem(timeZone)) problem(text.replace(/^timeZone/, "CustomTimeZone"));
  const fileExtension = inputs.fileExtension || undefined;
  if (fileExtension !== undefined && !/^\.[0-9a-z!\-_.*'()]{1,127}$/.test(fileExtension)) {
    problem(
      `FileExtension "${fileExtension}" must start with a dot and have lower-case letters, digits or !-_.*'() only.`,
    );
  }

  const parsed = (parse: () => Prefix): Prefix => {
    try {
      return parse();
    } catch (error) {
      problem((error as Error).message);
      return () => "";
    }
  };
  return {
    bucket,
    prefix: parsed(() => dataPrefix(inputs.prefix ?? "")),
    errorPrefix: parsed(() => errorPrefix(inputs.errorOutputPrefix ?? "", inputs.prefix ?? "")),
    timeZone,
    extension: fileExtension ?? (converts ? ".parquet" : compression === "GZIP" ? ".gz" : ""),
    bufferingSizeMiB: sizeMiB,
    bufferingIntervalSeconds: intervalSeconds,
    compression: compression === "GZIP" ? "GZIP" : "UNCOMPRESSED",
  };
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
