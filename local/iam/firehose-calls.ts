import type { DeploymentDocument } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import type { Assumption, Call, EvaluatedCall } from "./calls.ts";
import { deliveryStreamOf, type DeliveryBucket, type DeliveryStream } from "./delivery-settings.ts";
import { glueCalls } from "./glue-calls.ts";
import { keyArnOf } from "./kms-keys.ts";
import { physicalName, textInput } from "./plan-text.ts";
import { planOfRegion, regionOf } from "./region.ts";
import { arnOf, partsOfArn } from "../../aws/arn.ts";
import { bucketCalls, objectCalls, type S3Caller } from "./s3-calls.ts";

// Which action Firehose takes for what: Firehose guide, "Controlling access". AWS does not tell which of them a single
// delivery takes, so the emulator asks for all that the guide lists.

/** What an object holds: converted events, events that failed, or the backup of the source. */
export type DeliveryOutput = "data" | "error" | "backup";

/**
 * Every call that Firehose makes for a delivery stream: evaluate them when it is deployed. The object keys stand for the
 * prefixes; evaluate the real ones by `putObjectCalls`.
 */
export function firehoseCalls(plan: DeploymentDocument, deliveryStream: string): EvaluatedCall[] {
  const { extendedS3Configuration: destination } = deliveryStreamOf(plan, deliveryStream);
  const { prefix, errorOutputPrefix = prefix, s3BackupMode, s3BackupConfiguration } = destination;
  return [
    ...assumeRoleCalls(plan, deliveryStream),
    ...readStreamCalls(plan, deliveryStream),
    ...readSchemaCalls(plan, deliveryStream),
    ...transformCalls(plan, deliveryStream),
    ...putObjectCalls(plan, deliveryStream, "data", sampleKey(prefix)),
    ...putObjectCalls(plan, deliveryStream, "error", sampleKey(errorOutputPrefix)),
    ...(s3BackupMode === "Enabled" && s3BackupConfiguration
      ? putObjectCalls(plan, deliveryStream, "backup", sampleKey(s3BackupConfiguration.prefix))
      : []),
    ...writeErrorLogCalls(plan, deliveryStream),
  ];
}

/**
 * Firehose becomes each role that the delivery stream names. The external id is the account's; that Firehose also sends
 * aws:SourceAccount is not documented, and taken to be so (aws-semantics 1.10, 7.6).
 */
function assumeRoleCalls(plan: DeploymentDocument, deliveryStream: string): Assumption[] {
  const stream = deliveryStreamOf(plan, deliveryStream);
  const destination = stream.extendedS3Configuration;
  const roles = [
    stream.kinesisSourceConfiguration?.roleArn,
    destination.roleArn,
    schemaOf(stream)?.roleArn,
    backupOf(stream)?.roleArn,
  ];
  return [...new Set(roles.filter((role) => role !== undefined))].map((role) => {
    const { account } = partsOfArn(role);
    const context = { "sts:ExternalId": account, "aws:SourceAccount": account };
    return { role, principal: { Service: "firehose.amazonaws.com" }, context };
  });
}

/** Reading the Kinesis stream, and decrypting what is read. None for Direct PUT. */
export function readStreamCalls(plan: DeploymentDocument, deliveryStream: string): Call[] {
  const source = deliveryStreamOf(plan, deliveryStream).kinesisSourceConfiguration;
  if (!source) return [];
  const { kinesisStreamArn, roleArn: role } = source;
  const { region, resource } = partsOfArn(kinesisStreamArn);
  const actions = ["DescribeStream", "GetShardIterator", "GetRecords", "ListShards"];
  const reads = actions.map((action) => ({ role, action: `kinesis:${action}`, resource: kinesisStreamArn }));
  const stream = resourcesOfType(planOfRegion(plan, region), "aws:kinesis/stream:Stream").find(
    (candidate) => `stream/${physicalName(candidate)}` === resource,
  );
  const key =
    stream && textInput(stream, "encryptionType") === "KMS" ? textInput(stream, "kmsKeyId") : undefined;
  const keyArn = key === undefined ? undefined : keyArnOf(plan, key);
  if (keyArn === undefined) return reads;
  const context = {
    "aws:ViaAWSService": "true",
    "kms:ViaService": `kinesis.${region}.amazonaws.com`,
    "kms:EncryptionContextKeys": ["aws:kinesis:arn"],
    "kms:EncryptionContext:aws:kinesis:arn": kinesisStreamArn,
  };
  return [...reads, { role, action: "kms:Decrypt", resource: keyArn, context }];
}

/** Reading the table that gives the schema. None without record format conversion. */
function readSchemaCalls(plan: DeploymentDocument, deliveryStream: string): Call[] {
  const stream = deliveryStreamOf(plan, deliveryStream);
  const schema = schemaOf(stream);
  if (!schema) return [];
  const { partition, account } = partsOfArn(schema.roleArn);
  const caller = { role: schema.roleArn, partition, account, region: regionOfDelivery(plan, stream) };
  const actions = ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"];
  return glueCalls(caller, actions, schema.databaseName, schema.tableName);
}

/** Invoking the functions that transform records. */
function transformCalls(plan: DeploymentDocument, deliveryStream: string): Call[] {
  const { roleArn: role, processingConfiguration } = deliveryStreamOf(
    plan,
    deliveryStream,
  ).extendedS3Configuration;
  if (!processingConfiguration?.enabled) return [];
  return processingConfiguration.processors
    .filter(({ type }) => type === "Lambda")
    .flatMap(({ parameters }) => parameters.filter(({ parameterName }) => parameterName === "LambdaArn"))
    .flatMap(({ parameterValue: resource }) => [
      { role, action: "lambda:InvokeFunction", resource },
      { role, action: "lambda:GetFunctionConfiguration", resource },
    ]);
}

/** Writing one object. @param key the object's key in the bucket. */
export function putObjectCalls(
  plan: DeploymentDocument,
  deliveryStream: string,
  output: DeliveryOutput,
  key: string,
): Call[] {
  const stream = deliveryStreamOf(plan, deliveryStream);
  const target = output === "backup" ? backupOf(stream) : stream.extendedS3Configuration;
  if (!target) throw new Error(`The delivery stream "${deliveryStream}" has no S3 backup.`);
  const { partition } = partsOfArn(target.roleArn);
  const caller: S3Caller = { plan, role: target.roleArn, partition, region: regionOfDelivery(plan, stream) };
  const bucket = partsOfArn(target.bucketArn).resource;
  return [
    ...bucketCalls(caller, bucket, [
      "s3:GetBucketLocation",
      "s3:ListBucket",
      "s3:ListBucketMultipartUploads",
    ]),
    ...objectCalls(caller, { bucket, key, kmsKey: target.kmsKeyArn }, [
      "s3:PutObject",
      "s3:GetObject",
      "s3:AbortMultipartUpload",
    ]),
  ];
}

/** Writing the error log. None where logging is off. */
function writeErrorLogCalls(plan: DeploymentDocument, deliveryStream: string): Call[] {
  const stream = deliveryStreamOf(plan, deliveryStream);
  return [stream.extendedS3Configuration, backupOf(stream)].flatMap((target) => {
    const { enabled, logGroupName, logStreamName } = target?.cloudwatchLoggingOptions ?? {};
    if (!target || !enabled || logGroupName === undefined || logStreamName === undefined) return [];
    const { partition, account } = partsOfArn(target.roleArn);
    const region = regionOfDelivery(plan, stream);
    const logStream = `log-group:${logGroupName}:log-stream:${logStreamName}`;
    const resource = arnOf("logs", logStream, { partition, region, account });
    return [{ role: target.roleArn, action: "logs:PutLogEvents", resource }];
  });
}

function schemaOf({
  extendedS3Configuration: { dataFormatConversionConfiguration: conversion },
}: DeliveryStream) {
  return conversion?.enabled ? conversion.schemaConfiguration : undefined;
}

function backupOf({ extendedS3Configuration: destination }: DeliveryStream): DeliveryBucket | undefined {
  return destination.s3BackupMode === "Enabled" ? destination.s3BackupConfiguration : undefined;
}

function regionOfDelivery(plan: DeploymentDocument, stream: DeliveryStream): string {
  const source = stream.kinesisSourceConfiguration?.kinesisStreamArn;
  return source === undefined ? regionOf(plan, stream.resource) : partsOfArn(source).region;
}

/** A key below a prefix: its expressions give one path part each, as far as a policy can tell. */
function sampleKey(prefix: string): string {
  return `${prefix.replaceAll(/!\{[^}]*\}/g, "any")}object`;
}
