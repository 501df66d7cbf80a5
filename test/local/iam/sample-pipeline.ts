import type { DeploymentDocument } from "../../../plan/deployment.ts";
import { account, planOf, policyText, role, roleArn, type Declared } from "./plan-of.ts";

const region = "eu-west-1";
export const streamArn = `arn:aws:kinesis:${region}:${account}:stream/clicks`;
export const keyArn = `arn:aws:kms:${region}:${account}:key/1`;
export const glue = `arn:aws:glue:${region}:${account}`;
const workgroupArn = `arn:aws:athena:${region}:${account}:workgroup/analysts`;

const tlsOnly = (bucket: string) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

const bucket = (name: string, keyId: string): Declared[] => [
  ["aws:s3/bucket:Bucket", name, { bucket: name }],
  ["aws:s3/bucketPolicy:BucketPolicy", name, { bucket: name, policy: policyText(tlsOnly(name)) }],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name,
    {
      bucket: name,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyId },
          bucketKeyEnabled: true,
        },
      ],
    },
  ],
];

const throughS3 = (name: string) => ({
  StringEquals: {
    "kms:ViaService": `s3.${region}.amazonaws.com`,
    "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${name}`,
  },
});

const allow = (Action: string | string[], Resource: string | string[], Condition = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  Condition,
});

const table = [`${glue}:catalog`, `${glue}:database/web`, `${glue}:table/web/clicks`];

/** The least that the delivery needs. */
export const deliveryStatements = {
  stream: allow(
    ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"],
    streamArn,
  ),
  streamKey: allow("kms:Decrypt", keyArn, {
    StringEquals: {
      "kms:ViaService": `kinesis.${region}.amazonaws.com`,
      "kms:EncryptionContext:aws:kinesis:arn": streamArn,
    },
  }),
  schema: allow(["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"], table),
  bucket: allow(
    ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
    "arn:aws:s3:::lake",
  ),
  objects: allow(
    ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"],
    ["arn:aws:s3:::lake/data/*", "arn:aws:s3:::lake/errors/*"],
  ),
  bucketKey: allow(["kms:Decrypt", "kms:GenerateDataKey"], keyArn, throughS3("lake")),
  log: allow("logs:PutLogEvents", `arn:aws:logs:${region}:${account}:log-group:/clicks:log-stream:delivery`),
};

const throughAthena = { "ForAnyValue:StringEquals": { "aws:CalledVia": "athena.amazonaws.com" } };

/** The least that an analyst needs. */
export const analystStatements = {
  workgroup: allow(
    ["athena:StartQueryExecution", "athena:GetPreparedStatement", "athena:GetQueryResults"],
    workgroupArn,
  ),
  schema: allow(["glue:GetDatabase", "glue:GetTable"], table),
  find: allow("s3:GetBucketLocation", ["arn:aws:s3:::lake", "arn:aws:s3:::results"]),
  list: allow("s3:ListBucket", "arn:aws:s3:::lake", { StringLike: { "s3:prefix": "data/*" } }),
  read: allow("s3:GetObject", "arn:aws:s3:::lake/data/*", throughAthena),
  readKey: allow("kms:Decrypt", keyArn, throughS3("lake")),
  listResults: allow(["s3:ListBucket", "s3:ListBucketMultipartUploads"], "arn:aws:s3:::results", {
    StringEquals: { "aws:ResourceAccount": account },
  }),
  results: allow(
    ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
    "arn:aws:s3:::results/analysts/*",
  ),
  resultsKey: allow(["kms:Decrypt", "kms:GenerateDataKey"], keyArn, throughS3("results")),
};

export interface SampleChanges {
  /** Statements of the delivery's role. Default: those that it needs. */
  delivery?: object[];
  /** Statements of the analyst's role. Default: those that it needs. */
  analyst?: object[];
  /** Changes of the delivery stream's S3 configuration. */
  destination?: Record<string, unknown>;
  /** Changes of the table's inputs. */
  table?: Record<string, unknown>;
  more?: Declared[];
}

/** A pipeline as small as it can be while each part has its own key use. */
export function samplePipeline(changes: SampleChanges = {}): DeploymentDocument {
  const keyPolicy = policyText({
    Effect: "Allow",
    Principal: { AWS: account },
    Action: "kms:*",
    Resource: "*",
  });
  return planOf(
    ["aws:kms/key:Key", "key", { policy: keyPolicy }, { arn: keyArn, keyId: "1" }],
    ["aws:kms/alias:Alias", "key", { name: "alias/clicks", targetKeyId: "1" }],
    [
      "aws:kinesis/stream:Stream",
      "clicks",
      { name: "clicks", encryptionType: "KMS", kmsKeyId: "alias/clicks" },
    ],
    ...bucket("lake", keyArn),
    ...bucket("results", "1"),
    ...role("delivery", ...(changes.delivery ?? Object.values(deliveryStatements))),
    ...role("analyst", ...(changes.analyst ?? Object.values(analystStatements))),
    [
      "aws:glue/catalogTable:CatalogTable",
      "clicks",
      {
        name: "clicks",
        databaseName: "web",
        storageDescriptor: { location: "s3://lake/data/" },
        partitionKeys: [{ name: "dt", type: "string" }],
        parameters: { "projection.enabled": "true" },
        ...changes.table,
      },
    ],
    ["aws:athena/workgroup:Workgroup", "analysts", { name: "analysts", configuration: {} }],
    [
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      "clicks",
      {
        name: "clicks",
        kinesisSourceConfiguration: { kinesisStreamArn: streamArn, roleArn: roleArn("delivery") },
        extendedS3Configuration: {
          roleArn: roleArn("delivery"),
          bucketArn: "arn:aws:s3:::lake",
          prefix: "data/dt=!{timestamp:yyyy-MM-dd}/",
          errorOutputPrefix: "errors/!{firehose:error-output-type}/",
          cloudwatchLoggingOptions: { enabled: true, logGroupName: "/clicks", logStreamName: "delivery" },
          dataFormatConversionConfiguration: {
            schemaConfiguration: { databaseName: "web", tableName: "clicks", roleArn: roleArn("delivery") },
          },
          ...changes.destination,
        },
      },
    ],
    ...(changes.more ?? []),
  );
}
