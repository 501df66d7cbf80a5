import { firehoseBackupCompression } from "../../../policy/cost/rules/firehose-backup-compression.ts";
import { firehoseBuffering } from "../../../policy/cost/rules/firehose-buffering.ts";
import { firehoseColumnarConversion } from "../../../policy/cost/rules/firehose-columnar-conversion.ts";
import { firehoseS3Compression } from "../../../policy/cost/rules/firehose-s3-compression.ts";
import { firehoseCloudwatchLogging } from "../../../policy/reliability/rules/firehose-cloudwatch-logging.ts";
import { firehoseErrorOutputPrefix } from "../../../policy/reliability/rules/firehose-error-output-prefix.ts";
import { firehoseGlueConsistency } from "../../../policy/reliability/rules/firehose-glue-consistency.ts";
import { firehoseEncryption } from "../../../policy/security/rules/firehose-encryption.ts";
import { firehoseNoInlineCredentials } from "../../../policy/security/rules/firehose-no-inline-credentials.ts";
import { absent } from "../edits.ts";
import { deliveryStream, jsonDeliveryStream, table } from "../fixtures.ts";
import { describeRule } from "../rule-suite.ts";

const s3 = "stream/props/extendedS3Configuration";
const conversion = `${s3}/dataFormatConversionConfiguration`;
const json = "json/props/extendedS3Configuration";
const compliant = { stream: deliveryStream };

describe("Firehose rules", () => {
  describeRule({
    rule: firehoseS3Compression,
    compliant: { stream: deliveryStream, json: jsonDeliveryStream },
    passing: {
      "SNAPPY, which is the default inside Parquet": {
        edits: { [`${conversion}/outputFormatConfiguration/serializer/parquetSerDe`]: {} },
      },
      "another format that the configuration names": {
        edits: { [`${json}/compressionFormat`]: "UNCOMPRESSED" },
        config: { formats: ["UNCOMPRESSED"] },
      },
      "a destination without S3": { edits: { [s3]: absent } },
    },
    failing: {
      "an outer compression over Parquet, which AWS refuses": {
        edits: { [`${s3}/compressionFormat`]: "GZIP" },
        says: /stream: compressionFormat is GZIP, but with format conversion/,
      },
      "JSON that is not compressed": {
        edits: { [`${json}/compressionFormat`]: "UNCOMPRESSED" },
        says: /json: compressionFormat is UNCOMPRESSED; use GZIP/,
      },
      "JSON of which nothing is said": {
        edits: { [`${json}/compressionFormat`]: absent },
        says: /json: compressionFormat is UNCOMPRESSED/,
      },
      "Parquet without compression": {
        edits: {
          [`${conversion}/outputFormatConfiguration/serializer/parquetSerDe/compression`]: "UNCOMPRESSED",
        },
        says: /parquetSerDe.compression is UNCOMPRESSED; use SNAPPY, GZIP/,
      },
      "ORC without compression": {
        edits: {
          [`${conversion}/outputFormatConfiguration/serializer`]: { orcSerDe: { compression: "NONE" } },
        },
        says: /orcSerDe.compression is NONE/,
      },
      "a nested S3 delivery that is not compressed": {
        edits: {
          "stream/props/splunkConfiguration": { s3Configuration: { compressionFormat: "UNCOMPRESSED" } },
        },
        says: /splunkConfiguration.s3Configuration.compressionFormat is UNCOMPRESSED/,
      },
    },
  });

  describeRule({
    rule: firehoseColumnarConversion,
    compliant,
    passing: {
      "conversion that is on because nothing else is said": { edits: { [`${conversion}/enabled`]: absent } },
      "ORC where the configuration names it": {
        edits: { [`${conversion}/outputFormatConfiguration/serializer`]: { orcSerDe: {} } },
        config: { formats: ["orc"] },
      },
      "a destination other than S3": { edits: { [s3]: absent } },
    },
    failing: {
      "no conversion": {
        edits: { [conversion]: absent },
        says: /dataFormatConversionConfiguration is unset/,
      },
      "conversion that is off": {
        edits: { [`${conversion}/enabled`]: false },
        says: /enabled is false/,
      },
      "another serializer": {
        edits: { [`${conversion}/outputFormatConfiguration/serializer`]: { orcSerDe: {} } },
        says: /none of parquetSerDe/,
      },
      "no database": {
        edits: { [`${conversion}/schemaConfiguration/databaseName`]: absent },
        says: /schemaConfiguration.databaseName is unset/,
      },
      "no role": {
        edits: { [`${conversion}/schemaConfiguration/roleArn`]: "" },
        says: /roleArn is unset/,
        presenceOnly: true,
      },
      "no deserializer": {
        edits: { [`${conversion}/inputFormatConfiguration/deserializer`]: {} },
        says: /neither openXJsonSerDe nor hiveJsonSerDe/,
      },
    },
  });

  describeRule({
    rule: firehoseBackupCompression,
    compliant: { json: jsonDeliveryStream },
    passing: {
      "a backup that is off": {
        edits: { [`${json}/s3BackupMode`]: "Disabled", [`${json}/s3BackupConfiguration`]: absent },
      },
    },
    failing: {
      "a backup that is not compressed": {
        edits: { [`${json}/s3BackupConfiguration/compressionFormat`]: "UNCOMPRESSED" },
        says: /compressionFormat is UNCOMPRESSED/,
      },
      "a backup of which nothing is said": {
        edits: { [`${json}/s3BackupConfiguration`]: absent },
        says: /compressionFormat is UNCOMPRESSED/,
      },
      "a format that the configuration does not name": {
        config: { formats: ["ZIP"] },
        says: /compressionFormat is GZIP; use ZIP/,
      },
    },
  });

  describeRule({
    rule: firehoseBuffering,
    compliant: { stream: deliveryStream, json: jsonDeliveryStream },
    passing: {
      "a small buffer without conversion": { edits: { [`${json}/bufferingSize`]: 5 } },
      "the longest interval": { edits: { [`${s3}/bufferingInterval`]: 900 } },
      "a destination without S3": { edits: { [s3]: absent } },
    },
    failing: {
      "5 MiB with conversion": { edits: { [`${s3}/bufferingSize`]: 5 }, says: /is 5 MiB; use at least 64/ },
      "the provider's default": {
        edits: { [`${s3}/bufferingSize`]: absent },
        says: /is 5 MiB \(the provider's default\)/,
      },
      "63 MiB with dynamic partitioning": {
        edits: {
          [`${json}/dynamicPartitioningConfiguration`]: { enabled: true },
          [`${json}/bufferingSize`]: 63,
        },
        says: /json: bufferingSize is 63/,
      },
      "less than the configuration asks for": {
        config: { minMiB: 128 },
        edits: { [`${s3}/bufferingSize`]: 100 },
        says: /least 128/,
      },
      "an interval that is too short": {
        edits: { [`${s3}/bufferingInterval`]: 5 },
        says: /5 seconds; use 60 to 900/,
      },
      "an interval that is too long": {
        config: { maxSeconds: 100 },
        edits: { [`${json}/bufferingInterval`]: 60 },
        says: /300 seconds; use 60 to 100/,
      },
    },
  });

  describeRule({
    rule: firehoseErrorOutputPrefix,
    compliant,
    passing: {
      "plain text, of which the prefix is as well": {
        edits: { [`${s3}/prefix`]: "data/", [`${s3}/errorOutputPrefix`]: "errors/" },
      },
      "an error folder beside partitions in the bucket's root": {
        edits: { [`${s3}/prefix`]: "dt=!{timestamp:yyyy-MM-dd}/" },
      },
      "a destination without S3": { edits: { [s3]: absent } },
    },
    failing: {
      "no error prefix": {
        edits: { [`${s3}/errorOutputPrefix`]: absent },
        says: /errorOutputPrefix is unset/,
      },
      "an error prefix that does not tell errors apart": {
        edits: { [`${s3}/errorOutputPrefix`]: "errors/" },
        says: /does not hold !\{firehose:error-output-type\}/,
      },
      "errors inside the data's folder": {
        edits: { [`${s3}/errorOutputPrefix`]: "data/errors/!{firehose:error-output-type}/" },
        says: /inside the data's folder "data\/"/,
      },
      "errors among the partitions of the bucket's root": {
        edits: {
          [`${s3}/prefix`]: "dt=!{timestamp:yyyy}/",
          [`${s3}/errorOutputPrefix`]: "dt=!{firehose:error-output-type}/",
        },
        says: /inside the data's folder ""/,
      },
    },
  });

  describeRule({
    rule: firehoseCloudwatchLogging,
    compliant,
    failing: {
      "logging that is off": {
        edits: { [`${s3}/cloudwatchLoggingOptions/enabled`]: false },
        says: /enabled is not true/,
      },
      "no logging": { edits: { [`${s3}/cloudwatchLoggingOptions`]: absent }, says: /enabled is not true/ },
      "no log group": {
        edits: { [`${s3}/cloudwatchLoggingOptions/logGroupName`]: absent },
        says: /logGroupName is unset/,
      },
      "no log stream": {
        edits: { [`${s3}/cloudwatchLoggingOptions/logStreamName`]: absent },
        says: /logStreamName is unset/,
      },
      "another destination without logging": {
        edits: { "stream/props/splunkConfiguration": { hecEndpoint: "https://splunk" } },
        says: /enabled is not true/,
      },
    },
  });

  describeRule({
    rule: firehoseEncryption,
    compliant: { stream: deliveryStream, json: jsonDeliveryStream },
    passing: {
      "a stream that Kinesis feeds, without encryption of its own": {
        edits: {
          "json/props/kinesisSourceConfiguration": { roleArn: "r" },
          "json/props/serverSideEncryption": absent,
        },
      },
    },
    failing: {
      "Direct PUT without encryption": {
        edits: { "json/props/serverSideEncryption": absent },
        says: /json: serverSideEncryption.enabled is not true/,
      },
      "encryption that is off": {
        edits: { "json/props/serverSideEncryption/enabled": false },
        says: /enabled is not true/,
      },
      "encryption that AWS refuses for a Kinesis source": {
        edits: { "stream/props/serverSideEncryption": { enabled: true } },
        says: /stream: serverSideEncryption is on, which AWS refuses/,
      },
      "AWS's own key where an own one is wanted": {
        edits: { "json/props/serverSideEncryption/keyType": "AWS_OWNED_CMK" },
        config: { requireCustomerKey: true },
        says: /keyType is AWS_OWNED_CMK/,
      },
      "a key that the configuration does not name": {
        config: { kmsKeyArns: ["arn:other"] },
        says: /none of the accepted keys/,
      },
    },
  });

  describeRule({
    rule: firehoseNoInlineCredentials,
    compliant: {
      stream: {
        ...deliveryStream,
        props: { splunkConfiguration: { secretsManagerConfiguration: { enabled: true } } },
      },
    },
    failing: {
      "a token in the program": {
        edits: { "stream/props/splunkConfiguration/hecToken": "t0ken" },
        says: /^stream: splunkConfiguration.hecToken is written in the program$/,
        presenceOnly: true,
      },
      "a password in the program": {
        edits: { "stream/props/redshiftConfiguration": { password: "p" } },
        says: /redshiftConfiguration.password/,
      },
      "an access key in the program": {
        edits: { "stream/props/httpEndpointConfiguration": { accessKey: "k" } },
        says: /accessKey/,
      },
      "a private key in the program": {
        edits: { "stream/props/snowflakeConfiguration": { privateKey: "k" } },
        says: /privateKey/,
      },
    },
  });

  describeRule({
    rule: firehoseGlueConsistency,
    compliant: { stream: { ...deliveryStream, from: { extendedS3Configuration: ["table"] } }, table },
    passing: {
      "a table of another stack": { edits: { table: absent } },
      "a table found by its name": { edits: { "stream/from": {} } },
      "one column for several expressions": {
        edits: { [`${s3}/prefix`]: "data/dt=!{timestamp:yyyy}-!{timestamp:MM}/" },
      },
      "a stream that does not convert": { edits: { [conversion]: absent } },
      "a stream that does not convert, as a stored state has it": { edits: { [conversion]: null } },
    },
    failing: {
      "another bucket": {
        edits: { "table/props/storageDescriptor/location": "s3://other/data/" },
        says: /stream: the table reads the bucket other/,
      },
      "another folder": {
        edits: { "table/props/storageDescriptor/location": "s3://lake/elsewhere/" },
        says: /reads "elsewhere\/", the prefix begins with "data\/dt="/,
      },
      "another layout": {
        edits: { "table/props/parameters/storage.location.template": "s3://lake/data/${dt}/" },
        says: /template reads "data\/\*\/", the prefix writes "data\/dt=\*\/"/,
      },
      "another date format": {
        edits: { "table/props/parameters/projection.dt.format": "yyyy/MM/dd" },
        says: /format is yyyy\/MM\/dd, the prefix writes yyyy-MM-dd/,
      },
      "another region": {
        edits: { "table/props/region": "us-east-1" },
        says: /region is eu-central-1, the table is in us-east-1/,
      },
    },
  });
});
