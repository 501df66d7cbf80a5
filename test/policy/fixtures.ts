import type { Subject } from "./evaluating.ts";

// Resources that every rule passes; each test breaks one of them in one way.

const lake = "arn:aws:s3:::lake";
const roleArn = "arn:aws:iam::123456789012:role/delivery";
const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/0d3e";

const tags = {
  project: "sluice",
  environment: "prod",
  owner: "data",
  "cost-center": "4711",
  "data-classification": "internal",
  pipeline: "clicks",
};

export const deliveryStream: Subject = {
  type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  props: {
    name: "clicks",
    destination: "extended_s3",
    kinesisSourceConfiguration: {
      kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks",
      roleArn,
    },
    extendedS3Configuration: {
      bucketArn: lake,
      roleArn,
      prefix: "data/dt=!{timestamp:yyyy-MM-dd}/",
      errorOutputPrefix: "errors/!{firehose:error-output-type}/",
      bufferingSize: 128,
      bufferingInterval: 300,
      compressionFormat: "UNCOMPRESSED",
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: "/aws/firehose/clicks",
        logStreamName: "delivery",
      },
      dataFormatConversionConfiguration: {
        enabled: true,
        inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
        outputFormatConfiguration: { serializer: { parquetSerDe: { compression: "SNAPPY" } } },
        schemaConfiguration: { databaseName: "events", tableName: "clicks", roleArn, region: "eu-central-1" },
      },
    },
    tags,
  },
};

/** Direct PUT of JSON: no source, no conversion. */
export const jsonDeliveryStream: Subject = {
  type: deliveryStream.type,
  props: {
    name: "clicks-json",
    destination: "extended_s3",
    serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn },
    extendedS3Configuration: {
      bucketArn: lake,
      roleArn,
      compressionFormat: "GZIP",
      errorOutputPrefix: "errors/!{firehose:error-output-type}/",
      bufferingInterval: 300,
      s3BackupMode: "Enabled",
      s3BackupConfiguration: { bucketArn: lake, roleArn, compressionFormat: "GZIP" },
    },
  },
};

export const stream: Subject = {
  type: "aws:kinesis/stream:Stream",
  props: {
    name: "clicks",
    streamModeDetails: { streamMode: "ON_DEMAND" },
    retentionPeriod: 72,
    encryptionType: "KMS",
    kmsKeyId: keyArn,
    tags,
  },
};

export const table: Subject = {
  type: "aws:glue/catalogTable:CatalogTable",
  props: {
    name: "clicks",
    databaseName: "events",
    tableType: "EXTERNAL_TABLE",
    partitionKeys: [{ name: "dt", type: "string" }],
    parameters: {
      "projection.enabled": "true",
      "projection.dt.type": "date",
      "projection.dt.format": "yyyy-MM-dd",
      "storage.location.template": "s3://lake/data/dt=${dt}/",
    },
    storageDescriptor: {
      location: "s3://lake/data/",
      inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
      serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
    },
  },
};

export const workgroup: Subject = {
  type: "aws:athena/workgroup:Workgroup",
  props: {
    name: "clicks",
    configuration: {
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: 10_737_418_240,
      resultConfiguration: {
        outputLocation: "s3://results/clicks/",
        encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyArn },
      },
    },
    tags,
  },
};

export const namedQuery: Subject = {
  type: "aws:athena/namedQuery:NamedQuery",
  props: {
    name: "pages",
    workgroup: "clicks",
    database: "events",
    description: "Pages by visits.",
    query:
      "SELECT page, count(*) AS visits FROM clicks WHERE dt BETWEEN '2026-01-01' AND '2026-01-31' GROUP BY page",
  },
};

/** A bucket with all its companions, joined by where their `bucket` came from. */
export function bucketWith(companions: Record<string, Subject>): Record<string, Subject> {
  return { lake: bucket, ...companions };
}

export const bucket: Subject = { type: "aws:s3/bucket:Bucket", props: { bucket: "lake", tags } };

/** A companion that names its bucket by the bucket's output. */
export function companion(module: string, props: Record<string, unknown>): Subject {
  const type = `aws:s3/${module}:${module.charAt(0).toUpperCase()}${module.slice(1)}`;
  return { type, props: { bucket: "lake", ...props }, from: { bucket: ["lake"] } };
}

export const role: Subject = {
  type: "aws:iam/role:Role",
  props: {
    name: "delivery",
    assumeRolePolicy: {
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "firehose.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "123456789012" } },
        },
      ],
    },
    tags,
  },
};

export const rolePolicy: Subject = {
  type: "aws:iam/rolePolicy:RolePolicy",
  props: {
    role: "delivery",
    policy: {
      Statement: [
        { Sid: "Write", Effect: "Allow", Action: ["s3:PutObject"], Resource: [`${lake}/data/*`] },
        { Sid: "List", Effect: "Allow", Action: "athena:ListWorkGroups", Resource: "*" },
      ],
    },
  },
  from: { role: ["delivery"] },
};
