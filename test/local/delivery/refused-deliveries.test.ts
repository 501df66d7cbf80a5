import assert from "node:assert/strict";
import { declaredDeliveries } from "../../../local/delivery/declared-deliveries.ts";
import { DeploymentError } from "../../../local/deployment-error.ts";
import { fixture, fixturePlan, type FixtureOptions } from "../fixture-plan.ts";

const plain = { dataFormatConversionConfiguration: undefined };
const at = 'FirehoseDeliveryStream "orders-delivery": ';

describe("a delivery stream", () => {
  const schema = (changes: Record<string, unknown>) => ({
    schemaConfiguration: {
      databaseName: fixture.database,
      tableName: fixture.table,
      roleArn: "arn",
      ...changes,
    },
  });
  const parquet = (parquetSerDe: object) => ({ outputFormatConfiguration: { serializer: { parquetSerDe } } });

  for (const [what, options, problem] of [
    [
      "a buffer under 64 MiB with conversion",
      { s3: { bufferingSize: 63 } },
      "BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled, got 63.",
    ],
    [
      "a buffer of 129 MiB",
      { s3: { bufferingSize: 129 } },
      "BufferingHints.SizeInMBs must be 1-128, got 129.",
    ],
    [
      "an interval of 901 s",
      { s3: { bufferingInterval: 901 } },
      "BufferingHints.IntervalInSeconds must be 0-900, got 901.",
    ],
    [
      "compression outside with conversion",
      { s3: { compressionFormat: "GZIP" } },
      "CompressionFormat must be UNCOMPRESSED when data format conversion is enabled, got GZIP. Set the codec in the Parquet serializer.",
    ],
    [
      "a compression that the emulator has not",
      { s3: { ...plain, compressionFormat: "Snappy" } },
      "compressionFormat Snappy is not supported by the emulator. Use UNCOMPRESSED or GZIP in this stack.",
    ],
    [
      "a compression that AWS has not",
      { s3: { ...plain, compressionFormat: "SNAPPY" } },
      'CompressionFormat "SNAPPY" must be one of UNCOMPRESSED, GZIP, ZIP, Snappy, HADOOP_SNAPPY.',
    ],
    [
      "a table that is not declared",
      { conversion: schema({ tableName: "other" }) },
      'EntityNotFoundException: table "other" of database "orders_db" is not declared in the plan.',
    ],
    [
      "a table of another database",
      { conversion: schema({ databaseName: "other" }) },
      'EntityNotFoundException: table "orders" of database "other" is not declared in the plan.',
    ],
    [
      "a table without columns",
      { columns: {} },
      'table "orders" of database "orders_db" declares no columns.',
    ],
    [
      "a column of a type that Firehose can't convert",
      { columns: { a: "set<int>" } },
      /^table "orders": unknown type "set<int>"/,
    ],
    [
      "a column that is declared twice",
      { columns: { a: "int", A: "int" } },
      'table "orders" declares the column "A" twice.',
    ],
    [
      "conversion without a schema",
      { conversion: { schemaConfiguration: undefined } },
      "SchemaConfiguration is required when data format conversion is enabled.",
    ],
    [
      "conversion without an input format",
      { conversion: { inputFormatConfiguration: undefined } },
      "InputFormatConfiguration is required when data format conversion is enabled.",
    ],
    [
      "conversion without an output format",
      { conversion: { outputFormatConfiguration: undefined } },
      "OutputFormatConfiguration is required when data format conversion is enabled.",
    ],
    [
      "two deserializers",
      {
        conversion: { inputFormatConfiguration: { deserializer: { openXJsonSerDe: {}, hiveJsonSerDe: {} } } },
      },
      "Exactly one deserializer is allowed.",
    ],
    [
      "the Hive deserializer",
      { conversion: { inputFormatConfiguration: { deserializer: { hiveJsonSerDe: {} } } } },
      "hiveJsonSerDe is not supported by the emulator. Use openXJsonSerDe.",
    ],
    [
      "two serializers",
      { conversion: { outputFormatConfiguration: { serializer: { parquetSerDe: {}, orcSerDe: {} } } } },
      "Exactly one serializer is allowed.",
    ],
    [
      "ORC",
      { conversion: { outputFormatConfiguration: { serializer: { orcSerDe: {} } } } },
      "orcSerDe is not supported by the emulator. Use parquetSerDe.",
    ],
    [
      "a Parquet codec that Firehose has not",
      { conversion: parquet({ compression: "ZSTD" }) },
      'ParquetSerDe.Compression "ZSTD" must be one of UNCOMPRESSED, GZIP, SNAPPY.',
    ],
    [
      "small Parquet blocks",
      { conversion: parquet({ blockSizeBytes: 1024 }) },
      "ParquetSerDe.BlockSizeBytes must be at least 67108864, got 1024.",
    ],
    [
      "small Parquet pages",
      { conversion: parquet({ pageSizeBytes: 1024 }) },
      "ParquetSerDe.PageSizeBytes must be at least 65536, got 1024.",
    ],
    [
      "no error prefix beside a prefix with expressions",
      { s3: { errorOutputPrefix: undefined } },
      "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
    ],
    [
      "an error prefix that does not say the kind of error",
      { s3: { errorOutputPrefix: "errors/!{timestamp:yyyy}/" } },
      /must contain !\{firehose:error-output-type\}\.$/,
    ],
    [
      "a prefix with the year of the week",
      { s3: { prefix: "!{timestamp:YYYY}/" } },
      /is the year of the week, another one around New Year/,
    ],
    [
      "a time zone that is none",
      { s3: { customTimeZone: "Mars/Olympus" } },
      /^CustomTimeZone "Mars\/Olympus": no such/,
    ],
    [
      "a three-letter time zone",
      { s3: { customTimeZone: "CET" } },
      /^CustomTimeZone "CET": Firehose takes UTC, or an area/,
    ],
    [
      "an extension without a dot",
      { s3: { fileExtension: "parquet" } },
      /^FileExtension "parquet" must start with a dot/,
    ],
    [
      "a bucket that is not declared",
      { s3: { bucketArn: "arn:aws:s3:::other" } },
      'bucketArn "arn:aws:s3:::other" is no bucket that the plan declares (S3.NoSuchBucket).',
    ],
    [
      "a stream that is not declared",
      { delivery: { kinesisSourceConfiguration: { kinesisStreamArn: "arn:aws:kinesis:r:1:stream/other" } } },
      'kinesisStreamArn "arn:aws:kinesis:r:1:stream/other" is no stream that the plan declares (ResourceNotFoundException).',
    ],
    [
      "a stream and encryption of its own",
      { delivery: { serverSideEncryption: { enabled: true } } },
      "serverSideEncryption conflicts with kinesisSourceConfiguration. Encrypt the stream.",
    ],
    [
      "decompression of a stream's records",
      { s3: { processingConfiguration: { enabled: true, processors: [{ type: "Decompression" }] } } },
      "Decompression is for Direct PUT: CloudWatch Logs sends to Firehose itself.",
    ],
    [
      "another compression",
      directPut({ type: "Decompression", parameters: [parameter("CompressionFormat", "ZIP")] }),
      "Decompression: CompressionFormat must be GZIP, got ZIP.",
    ],
    [
      "message extraction alone",
      directPut({
        type: "CloudWatchLogProcessing",
        parameters: [parameter("DataMessageExtraction", "true")],
      }),
      "CloudWatchLogProcessing needs the processor Decompression.",
    ],
    [
      "message extraction off",
      directPut({ type: "Decompression" }, { type: "CloudWatchLogProcessing" }),
      "CloudWatchLogProcessing: DataMessageExtraction must be true.",
    ],
    [
      "decompression without conversion",
      {
        delivery: { kinesisSourceConfiguration: undefined },
        s3: {
          dataFormatConversionConfiguration: undefined,
          processingConfiguration: { enabled: true, processors: [{ type: "Decompression" }] },
        },
      },
      "Decompression without data format conversion is not supported by the emulator.",
    ],
    [
      "another destination",
      { delivery: { destination: "redshift" } },
      'destination "redshift" is not supported by the emulator. Use extended_s3.',
    ],
    [
      "a name with a blank",
      { delivery: { name: "a b" } },
      'name "a b" must be 1-64 letters, digits, "_", "." or "-".',
    ],
    [
      "dynamic partitioning",
      { s3: { dynamicPartitioningConfiguration: { enabled: true } } },
      "dynamic partitioning is not supported by the emulator.",
    ],
    [
      "a Lambda processor",
      { s3: { processingConfiguration: { enabled: true, processors: [{ type: "Lambda" }] } } },
      "the processor Lambda is not supported by the emulator.",
    ],
    [
      "a backup without its configuration",
      { s3: { s3BackupMode: "Enabled" } },
      "S3BackupConfiguration is required when S3BackupMode is Enabled.",
    ],
    [
      "a backup without buffering",
      {
        s3: {
          s3BackupMode: "Enabled",
          s3BackupConfiguration: { bucketArn: `arn:aws:s3:::${fixture.backup}`, bufferingInterval: 0 },
        },
      },
      "backup: zero buffering is not available for S3 backup.",
    ],
  ] as [string, FixtureOptions, string | RegExp][]) {
    it(`with ${what} is refused`, () => {
      assert.throws(
        () => declaredDeliveries(fixturePlan(options)),
        (error: unknown) => {
          assert.ok(error instanceof DeploymentError);
          assert.equal(error.problems.length, 1, error.message);
          const message = error.message.replace(at, "");
          if (typeof problem === "string") assert.equal(message, problem);
          else assert.match(message, problem);
          assert.ok(error.message.startsWith(at));
          return true;
        },
      );
    });
  }

  it("is refused with all its mistakes at once", () => {
    const s3 = { bufferingSize: 5, customTimeZone: "CET", prefix: "!{x}" };
    assert.throws(
      () => declaredDeliveries(fixturePlan({ s3 })),
      ({ problems }: DeploymentError) => problems.length === 3,
    );
  });

  it("without an S3 configuration is refused in AWS's words", () => {
    assert.throws(
      () => declaredDeliveries(fixturePlan({ delivery: { extendedS3Configuration: undefined } })),
      /Exactly one destination configuration is supported for a Firehose\./,
    );
  });
});

/** A delivery stream with Direct PUT and some processors. */
function directPut(...processors: object[]): FixtureOptions {
  return {
    delivery: { kinesisSourceConfiguration: undefined, region: "eu-central-1" },
    s3: { processingConfiguration: { enabled: true, processors } },
  };
}

function parameter(parameterName: string, parameterValue: string): object {
  return { parameterName, parameterValue };
}
