import type { SettingsArgs } from "./settings.ts";

const bucket = ["aws:s3/bucket:Bucket"];
const stream = ["aws:kinesis/stream:Stream"];
const deliveryStream = ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"];
const workgroup = ["aws:athena/workgroup:Workgroup"];
const firehoseS3 = "extendedS3Configuration";

/**
 * What settings decide that a policy may find fault with: where a finding's message `says` so, on a resource of one of
 * the `types`, and the resource's `input` holds the setting's value, or the setting has the `value` that leaves something
 * out, then the finding stands at the setting's line in `Pulumi.<stack>.yaml`.
 */
export const settingFacts = [
  {
    setting: "retentionHours",
    types: stream,
    says: /^retentionPeriod is/,
    holds: { input: "retentionPeriod" },
  },
  {
    setting: "streamMode",
    types: stream,
    says: /^the capacity mode is/,
    holds: { input: "streamModeDetails.streamMode" },
  },
  { setting: "shardCount", types: stream, says: /^shardCount is/, holds: { input: "shardCount" } },
  {
    setting: "bufferingSizeMiB",
    types: deliveryStream,
    says: /^bufferingSize is/,
    holds: { input: `${firehoseS3}.bufferingSize` },
  },
  {
    setting: "bufferingIntervalSeconds",
    types: deliveryStream,
    says: /^bufferingInterval is/,
    holds: { input: `${firehoseS3}.bufferingInterval` },
  },
  {
    setting: "parquetCompression",
    types: deliveryStream,
    says: /^parquetSerDe\.compression is/,
    holds: {
      input: `${firehoseS3}.dataFormatConversionConfiguration.outputFormatConfiguration.serializer.parquetSerDe.compression`,
    },
  },
  {
    setting: "bytesScannedCutoffPerQuery",
    types: workgroup,
    says: /^bytesScannedCutoffPerQuery is/,
    holds: { input: "configuration.bytesScannedCutoffPerQuery" },
  },
  {
    setting: "logRetentionDays",
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    says: /^retentionInDays is/,
    holds: { input: "retentionInDays" },
  },
  { setting: "forceDestroy", types: bucket, says: /^forceDestroy is/, holds: { input: "forceDestroy" } },
  { setting: "protect", says: /option protect is/, holds: { value: "false" } },
  { setting: "versioning", types: bucket, says: /\bBucketVersioning\b/, holds: { value: "false" } },
  { setting: "accessLogging", types: bucket, says: /\bBucketLogging\b/, holds: { value: "false" } },
  { setting: "alarms", says: /^no alarm on/, holds: { value: "false" } },
  { setting: "httpAuth", says: /^authorization is/, holds: { value: "API_KEY" } },
  { setting: "owner", says: /^the tag owner /, holds: { input: "tags.owner" } },
  { setting: "costCenter", says: /^the tag cost-center /, holds: { input: "tags.cost-center" } },
  { setting: "environment", says: /^the tag environment /, holds: { input: "tags.environment" } },
  {
    setting: "dataClassification",
    says: /^the tag data-classification /,
    holds: { input: "tags.data-classification" },
  },
] satisfies readonly {
  setting: keyof SettingsArgs;
  types?: readonly string[];
  says: RegExp;
  holds: { input: string } | { value: string };
}[];
