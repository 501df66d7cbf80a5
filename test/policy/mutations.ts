import { absent, type Edits } from "./edits.ts";

/** One bad change to the plan of `prod`, and exactly the rules that it must raise. */
export interface Mutation {
  readonly what: string;
  /** The last part of the type, and the name. */
  readonly of: string;
  /** Changes of the inputs; or that the resource is not declared, or may be deleted, or declared in addition. */
  readonly change:
    Edits | "drop" | "unprotect" | { readonly add: Record<string, unknown>; readonly type: string };
  readonly raises: readonly string[];
  /** Tried with the real engine, too. */
  readonly engine?: true;
}

const s3 = "extendedS3Configuration";
const conversion = `${s3}/dataFormatConversionConfiguration`;
const delivery = "FirehoseDeliveryStream clickstream-delivery";
const stream = "Stream clickstream-stream";
const table = "CatalogTable clickstream-table";
const workgroup = "Workgroup clickstream-queries";
const query = "NamedQuery clickstream-queries-top_pages";
const lake = "Bucket clickstream-lake";
const policy = "RolePolicy clickstream-lake-write-bucket";
const role = "Role clickstream-lake";
const key = "Key clickstream-key";
const freshness = "MetricAlarm clickstream-alarms-DeliveryToS3.DataFreshness";
const results = "configuration/resultConfiguration/encryptionConfiguration";
const logging = { enabled: true, logGroupName: "g", logStreamName: "s" };
const everybody = { Sid: "Open", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const tags = {
  project: "sluice",
  environment: "prod",
  owner: "data-platform",
  "cost-center": "4711",
  "data-classification": "confidential",
  pipeline: "clickstream",
};

const firehose: Mutation[] = [
  {
    what: "GZIP over Parquet",
    of: delivery,
    change: { [`${s3}/compressionFormat`]: "GZIP" },
    raises: ["firehose-s3-compression"],
    engine: true,
  },
  {
    what: "compression off inside Parquet",
    of: delivery,
    change: {
      [`${conversion}/outputFormatConfiguration/serializer/parquetSerDe/compression`]: "UNCOMPRESSED",
    },
    raises: ["firehose-s3-compression"],
  },
  {
    what: "conversion off",
    of: delivery,
    change: { [`${conversion}/enabled`]: false },
    raises: ["firehose-columnar-conversion", "firehose-s3-compression"],
  },
  {
    what: "no conversion, GZIP",
    of: delivery,
    change: { [conversion]: absent, [`${s3}/compressionFormat`]: "GZIP" },
    raises: ["firehose-columnar-conversion"],
  },
  {
    what: "ORC",
    of: delivery,
    change: { [`${conversion}/outputFormatConfiguration/serializer`]: { orcSerDe: {} } },
    raises: ["firehose-columnar-conversion"],
  },
  {
    what: "a schema without a table",
    of: delivery,
    change: { [`${conversion}/schemaConfiguration/tableName`]: absent },
    raises: ["firehose-columnar-conversion"],
  },
  {
    what: "a buffer of 5 MiB",
    of: delivery,
    change: { [`${s3}/bufferingSize`]: 5 },
    raises: ["firehose-buffering"],
    engine: true,
  },
  {
    what: "no buffer size",
    of: delivery,
    change: { [`${s3}/bufferingSize`]: absent },
    raises: ["firehose-buffering"],
  },
  {
    what: "no buffering",
    of: delivery,
    change: { [`${s3}/bufferingInterval`]: 0 },
    raises: ["firehose-buffering"],
  },
  {
    what: "no error prefix",
    of: delivery,
    change: { [`${s3}/errorOutputPrefix`]: absent },
    raises: ["firehose-error-output-prefix"],
  },
  {
    what: "errors of all kinds in one folder",
    of: delivery,
    change: { [`${s3}/errorOutputPrefix`]: "errors/" },
    raises: ["firehose-error-output-prefix"],
  },
  {
    what: "errors among the data",
    of: delivery,
    change: { [`${s3}/errorOutputPrefix`]: "data/!{firehose:error-output-type}/" },
    raises: ["firehose-error-output-prefix"],
  },
  {
    what: "no delivery log",
    of: delivery,
    change: { [`${s3}/cloudwatchLoggingOptions/enabled`]: false },
    raises: ["firehose-cloudwatch-logging"],
  },
  {
    what: "a delivery log without a stream",
    of: delivery,
    change: { [`${s3}/cloudwatchLoggingOptions/logStreamName`]: absent },
    raises: ["firehose-cloudwatch-logging"],
  },
  {
    what: "encryption of a stream that has a source",
    of: delivery,
    change: { serverSideEncryption: { enabled: true } },
    raises: ["firehose-encryption"],
  },
  {
    what: "Direct PUT without encryption",
    of: delivery,
    change: { kinesisSourceConfiguration: absent },
    raises: ["firehose-encryption"],
  },
  {
    what: "a token in the program",
    of: delivery,
    change: {
      splunkConfiguration: {
        hecToken: "t",
        s3Configuration: { compressionFormat: "GZIP" },
        cloudwatchLoggingOptions: logging,
      },
    },
    raises: ["firehose-no-inline-credentials"],
  },
  {
    what: "a backup that is not compressed",
    of: delivery,
    change: {
      [`${s3}/s3BackupMode`]: "Enabled",
      [`${s3}/s3BackupConfiguration`]: { bucketArn: "b", roleArn: "r" },
    },
    raises: ["firehose-backup-compression"],
  },
  {
    what: "another folder than the table's",
    of: delivery,
    change: { [`${s3}/prefix`]: "raw/dt=!{timestamp:yyyy-MM-dd-HH}/" },
    raises: ["firehose-glue-consistency"],
    engine: true,
  },
  {
    what: "another date format than the projection's",
    of: delivery,
    change: { [`${s3}/prefix`]: "data/dt=!{timestamp:yyyy-MM}/" },
    raises: ["firehose-glue-consistency"],
  },
  {
    what: "another bucket than the table's",
    of: delivery,
    change: { [`${s3}/bucketArn`]: "arn:aws:s3:::other" },
    raises: ["firehose-glue-consistency"],
  },
];

const kinesis: Mutation[] = [
  {
    what: "no encryption",
    of: stream,
    change: { encryptionType: "NONE" },
    raises: ["kinesis-encryption"],
    engine: true,
  },
  {
    what: "AWS's own key",
    of: stream,
    change: { kmsKeyId: "alias/aws/kinesis" },
    raises: ["kinesis-encryption"],
  },
  {
    what: "a retention of a day",
    of: stream,
    change: { retentionPeriod: 24 },
    raises: ["kinesis-retention"],
  },
  {
    what: "a retention of a year",
    of: stream,
    change: { retentionPeriod: 8760 },
    raises: ["kinesis-retention"],
  },
  { what: "shards on demand", of: stream, change: { shardCount: 4 }, raises: ["kinesis-capacity"] },
  {
    what: "paid shard metrics",
    of: stream,
    change: { shardLevelMetrics: ["ALL"] },
    raises: ["kinesis-capacity"],
  },
  {
    what: "64 shards",
    of: stream,
    change: { "streamModeDetails/streamMode": "PROVISIONED", shardCount: 64 },
    raises: ["kinesis-capacity"],
  },
  {
    what: "a tag dropped",
    of: stream,
    change: { "tags/owner": absent },
    raises: ["required-tags"],
    engine: true,
  },
  { what: "all tags dropped", of: lake, change: { tags: absent }, raises: ["required-tags"] },
  {
    what: "another stack's tag",
    of: stream,
    change: { "tags/environment": "dev" },
    raises: ["required-tags"],
  },
  {
    what: "a cost center that is none",
    of: stream,
    change: { "tags/cost-center": "none" },
    raises: ["cost-tags-consistent", "required-tags"],
  },
  {
    what: "another cost center",
    of: stream,
    change: { "tags/cost-center": "4712" },
    raises: ["cost-tags-consistent"],
  },
  {
    what: "a second spelling of a key",
    of: stream,
    change: { "tags/CostCenter": "4711" },
    raises: ["cost-tags-consistent"],
  },
];

const lakeTable: Mutation[] = [
  {
    what: "text files",
    of: table,
    change: { "storageDescriptor/inputFormat": "org.apache.hadoop.mapred.TextInputFormat" },
    raises: ["glue-table-columnar"],
  },
  { what: "no partitions", of: table, change: { partitionKeys: [] }, raises: ["glue-table-columnar"] },
  {
    what: "a partition column without projection",
    of: table,
    change: { "parameters/projection.dt.type": absent },
    raises: ["glue-table-columnar"],
  },
  {
    what: "another location than the prefix",
    of: table,
    change: { "storageDescriptor/location": "s3://sluice-prod-clickstream-lake-123456789012/old/" },
    raises: ["firehose-glue-consistency"],
  },
  {
    what: "another layout than the prefix",
    of: table,
    change: { "parameters/storage.location.template": "s3://b/data/${dt}/" },
    raises: ["firehose-glue-consistency"],
  },
  {
    what: "no scan limit",
    of: workgroup,
    change: { "configuration/bytesScannedCutoffPerQuery": absent },
    raises: ["athena-scan-limit"],
    engine: true,
  },
  {
    what: "a scan limit of 1 TB",
    of: workgroup,
    change: { "configuration/bytesScannedCutoffPerQuery": 1e12 },
    raises: ["athena-scan-limit"],
  },
  {
    what: "settings that do not bind",
    of: workgroup,
    change: { "configuration/enforceWorkgroupConfiguration": false },
    raises: ["athena-workgroup-enforced"],
  },
  {
    what: "no metrics",
    of: workgroup,
    change: { "configuration/publishCloudwatchMetricsEnabled": false },
    raises: ["athena-metrics"],
  },
  {
    what: "results in the clear",
    of: workgroup,
    change: { [results]: absent },
    raises: ["athena-result-encryption"],
  },
  {
    what: "results under S3's key",
    of: workgroup,
    change: { [results]: { encryptionOption: "SSE_S3" } },
    raises: ["athena-result-encryption"],
  },
  {
    what: "a query in primary",
    of: query,
    change: { workgroup: "primary" },
    raises: ["athena-named-query-hygiene"],
  },
  {
    what: "a query of all columns",
    of: query,
    change: { query: "SELECT * FROM clickstream WHERE dt = '2026-01-01-00'" },
    raises: ["athena-named-query-hygiene"],
  },
  {
    what: "a query of all partitions",
    of: query,
    change: { query: "SELECT url FROM clickstream" },
    raises: ["athena-named-query-hygiene"],
    engine: true,
  },
  {
    what: "a query without a description",
    of: query,
    change: { description: absent },
    raises: ["athena-named-query-hygiene"],
  },
];

const buckets: Mutation[] = [
  {
    what: "no public access block",
    of: "BucketPublicAccessBlock clickstream-lake",
    change: "drop",
    raises: ["s3-public-access-block"],
  },
  {
    what: "half a public access block",
    of: "BucketPublicAccessBlock clickstream-lake",
    change: { blockPublicPolicy: false },
    raises: ["s3-public-access-block"],
    engine: true,
  },
  { what: "no bucket policy", of: "BucketPolicy clickstream-lake", change: "drop", raises: ["s3-tls-only"] },
  {
    what: "a policy that denies nothing",
    of: "BucketPolicy clickstream-lake",
    change: { "policy/Statement/0/Condition/Bool/aws:SecureTransport": "true" },
    raises: ["s3-tls-only"],
  },
  {
    what: "a policy that allows what it should deny",
    of: "BucketPolicy clickstream-lake",
    change: { "policy/Statement/0/Effect": "Allow" },
    raises: ["s3-no-public-grants", "s3-tls-only"],
  },
  {
    what: "a public statement",
    of: "BucketPolicy clickstream-results",
    change: { "policy/Statement/1": everybody },
    raises: ["s3-no-public-grants"],
    engine: true,
  },
  {
    what: "ACLs on",
    of: "BucketOwnershipControls clickstream-lake",
    change: { "rule/objectOwnership": "BucketOwnerPreferred" },
    raises: ["s3-acls-disabled"],
  },
  {
    what: "a public ACL",
    of: lake,
    change: { acl: "public-read" },
    raises: ["s3-acls-disabled", "s3-no-public-grants"],
  },
  {
    what: "no encryption configuration",
    of: "BucketServerSideEncryptionConfiguration clickstream-lake",
    change: "drop",
    raises: ["s3-encryption"],
  },
  {
    what: "no bucket key",
    of: "BucketServerSideEncryptionConfiguration clickstream-lake",
    change: { "rules/0/bucketKeyEnabled": false },
    raises: ["s3-encryption"],
  },
  {
    what: "no lifecycle",
    of: "BucketLifecycleConfiguration clickstream-results",
    change: "drop",
    raises: ["s3-lifecycle"],
  },
  {
    what: "uploads that are never aborted",
    of: "BucketLifecycleConfiguration clickstream-lake",
    change: { "rules/0/abortIncompleteMultipartUpload": absent },
    raises: ["s3-lifecycle"],
  },
  {
    what: "versions that stay for ever",
    of: "BucketLifecycleConfiguration clickstream-lake",
    change: { "rules/0/noncurrentVersionExpiration": absent },
    raises: ["s3-lifecycle"],
    engine: true,
  },
  {
    what: "no versioning",
    of: "BucketVersioning clickstream-lake",
    change: "drop",
    raises: ["s3-versioning"],
  },
  {
    what: "suspended versioning",
    of: "BucketVersioning clickstream-lake",
    change: { "versioningConfiguration/status": "Suspended" },
    raises: ["s3-versioning"],
  },
  {
    what: "no access log",
    of: "BucketLogging clickstream-lake",
    change: "drop",
    raises: ["s3-access-logging"],
  },
  {
    what: "a bucket that goes with its objects",
    of: lake,
    change: { forceDestroy: true },
    raises: ["stateful-protection"],
    engine: true,
  },
  { what: "a stream that may be deleted", of: stream, change: "unprotect", raises: ["stateful-protection"] },
];

const permissions: Mutation[] = [
  {
    what: "s3:*",
    of: policy,
    change: { "policy/Statement/1/Action": "s3:*" },
    raises: ["iam-least-privilege"],
    engine: true,
  },
  {
    what: "writing to every resource",
    of: policy,
    change: { "policy/Statement/1/Resource": "*" },
    raises: ["iam-least-privilege", "iam-role-bucket-isolation"],
  },
  {
    what: "everything but a list",
    of: policy,
    change: { "policy/Statement/0/Action": absent, "policy/Statement/0/NotAction": "iam:*" },
    raises: ["iam-least-privilege"],
  },
  {
    what: "PassRole on every role",
    of: policy,
    change: { "policy/Statement/0/Action": "iam:PassRole", "policy/Statement/0/Resource": "*" },
    raises: ["iam-least-privilege"],
  },
  {
    what: "a second bucket in a role's policy",
    of: policy,
    change: { "policy/Statement/1/Resource/2": "arn:aws:s3:::other/*" },
    raises: ["iam-role-bucket-isolation"],
  },
  {
    what: "a role used for two buckets",
    of: "RolePolicy clickstream-results-write-bucket",
    change: { role: "sluice-prod-clickstream-delivery" },
    raises: ["iam-role-bucket-isolation"],
    engine: true,
  },
  {
    what: "a broad managed policy",
    of: "RolePolicyAttachment admin",
    change: {
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      add: {
        role: "sluice-prod-clickstream-delivery",
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      },
    },
    raises: ["iam-role-bucket-isolation"],
  },
  {
    what: "a service for any account",
    of: role,
    change: { "assumeRolePolicy/Statement/0/Condition": absent },
    raises: ["iam-trust-policy"],
    engine: true,
  },
  {
    what: "a role for everybody",
    of: role,
    change: { "assumeRolePolicy/Statement/0/Principal": "*" },
    raises: ["iam-trust-policy"],
  },
  {
    what: "a key without rotation",
    of: key,
    change: { enableKeyRotation: false },
    raises: ["kms-key-hygiene"],
    engine: true,
  },
  {
    what: "a key that is gone in a week",
    of: key,
    change: { deletionWindowInDays: 7 },
    raises: ["kms-key-hygiene"],
  },
  {
    what: "a key for everybody",
    of: key,
    change: { "policy/Statement/0/Principal": "*" },
    raises: ["kms-key-hygiene"],
  },
];

const operation: Mutation[] = [
  {
    what: "a log for ever",
    of: "LogGroup clickstream-delivery",
    change: { retentionInDays: absent },
    raises: ["log-group-retention"],
  },
  {
    what: "a log in the clear",
    of: "LogGroup clickstream-delivery",
    change: { kmsKeyId: absent },
    raises: ["log-group-retention"],
  },
  { what: "no alarm on delivery", of: freshness, change: "drop", raises: ["alarms-wired"] },
  {
    what: "an alarm under another dimension",
    of: freshness,
    change: { dimensions: { StreamName: "sluice-prod-clickstream" } },
    raises: ["alarms-wired"],
    engine: true,
  },
  {
    what: "an alarm that tells nobody",
    of: freshness,
    change: { alarmActions: [] },
    raises: ["alarms-wired"],
  },
  {
    what: "an alarm that is silent",
    of: freshness,
    change: { actionsEnabled: false },
    raises: ["alarms-wired"],
  },
  {
    what: "no alarm on the stream",
    of: "MetricAlarm clickstream-alarms-GetRecords.IteratorAgeMilliseconds",
    change: "drop",
    raises: ["alarms-wired"],
  },
  {
    what: "a topic that alarms cannot use",
    of: "Topic clickstream-alarms",
    change: { kmsMasterKeyId: "alias/aws/sns" },
    raises: ["sns-sqs-encryption"],
  },
  {
    what: "an endpoint for anybody",
    of: "Method ingest",
    change: { type: "aws:apigateway/method:Method", add: { httpMethod: "POST", authorization: "NONE" } },
    raises: ["apigateway-auth"],
  },
  {
    what: "a stage without log and limits",
    of: "Stage ingest",
    change: { type: "aws:apigateway/stage:Stage", add: { stageName: "v1", tags } },
    raises: ["apigateway-logging-throttling"],
  },
];

export const mutations: readonly Mutation[] = [
  ...firehose,
  ...kinesis,
  ...lakeTable,
  ...buckets,
  ...permissions,
  ...operation,
];
