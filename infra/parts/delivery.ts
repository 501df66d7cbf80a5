import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as kinesis from "@pulumi/aws/kinesis/index.js";
import type { Dataset } from "../../schema/dataset.ts";
import { layoutOf } from "../../schema/layout.ts";
import { decryptStream, readSchema, readStream, writeErrorLog } from "../iam/delivery.ts";
import { policyDocument, type Statement } from "../iam/policy-document.ts";
import type { Settings } from "../settings.ts";
import { transformed, type Transform } from "../transform.ts";
import type { EventStream } from "./event-stream.ts";
import type { LakeBucket } from "./lake-bucket.ts";
import type { LakeTable } from "./lake-table.ts";
import type { PartArgs } from "./part.ts";

export interface DeliveryArgs extends PartArgs {
  dataset: Dataset;
  keyArn: pulumi.Input<string>;
  /** What Firehose reads; without one, events are put on the delivery stream itself. */
  stream: EventStream | undefined;
  lake: LakeBucket;
  table: LakeTable;
  /** Where the records are kept as they came, if they are. */
  backup: LakeBucket | undefined;
  settings: Pick<
    Settings,
    "source" | "bufferingSizeMiB" | "bufferingIntervalSeconds" | "parquetCompression" | "logRetentionDays"
  >;
  transform?: Transform<kinesis.FirehoseDeliveryStreamArgs> | undefined;
}

/** Names that Firehose's console gives the error log's streams. */
const logStreamNames = { data: "DestinationDelivery", backup: "BackupDelivery" } as const;

/** CloudWatch Logs sends gzip with messages inside; the messages are the events (Firehose guide, "Message extraction"). */
const unpackLogs = {
  enabled: true,
  processors: [
    { type: "Decompression", parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }] },
    {
      type: "CloudWatchLogProcessing",
      parameters: [{ parameterName: "DataMessageExtraction", parameterValue: "true" }],
    },
  ],
};

/** Firehose: takes events, turns JSON into Parquet by the table's schema, writes to the lake. */
export class Delivery extends pulumi.ComponentResource {
  readonly deliveryStream: kinesis.FirehoseDeliveryStream;
  readonly logGroup: cloudwatch.LogGroup;

  constructor(name: string, args: DeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:Delivery", name, {}, opts);
    this.logGroup = this.#createErrorLog(name, args);
    const log = this.#createLogStream(`${name}-data`, logStreamNames.data);
    const backupLog = args.backup
      ? this.#createLogStream(`${name}-backup`, logStreamNames.backup)
      : undefined;
    const policies = this.#grantRole(name, args);
    const backupPolicies = args.backup ? [this.#grantBackupRole(name, args, args.backup)] : [];

    this.deliveryStream = new kinesis.FirehoseDeliveryStream(
      name,
      ...transformed<kinesis.FirehoseDeliveryStreamArgs>(
        args.transform,
        {
          name: args.names.deliveryStream.name,
          destination: "extended_s3",
          ...(args.stream
            ? {
                kinesisSourceConfiguration: {
                  kinesisStreamArn: args.names.stream.arn,
                  roleArn: args.names.deliveryRole.arn,
                },
              }
            : {
                // Firehose keeps the records itself then. AWS refuses this where a stream, which has its own key, is read.
                serverSideEncryption: {
                  enabled: true,
                  keyType: "CUSTOMER_MANAGED_CMK",
                  keyArn: args.keyArn,
                },
              }),
          extendedS3Configuration: this.#destination(args, log, backupLog),
          tags: args.tags,
        },
        {
          parent: this,
          // Firehose looks the table up and assumes its roles when it is created. ARNs built from names carry no
          // dependency, so all that must exist before is listed.
          dependsOn: [
            ...(args.stream ? [args.stream.stream] : []),
            args.lake.bucket,
            args.table.table,
            ...args.lake.rolePolicies,
            ...policies,
            ...(args.backup ? [args.backup.bucket, ...args.backup.rolePolicies] : []),
            ...backupPolicies,
          ],
        },
      ),
    );
    this.registerOutputs({ deliveryStreamName: this.deliveryStream.name });
  }

  #createErrorLog(name: string, args: DeliveryArgs): cloudwatch.LogGroup {
    return new cloudwatch.LogGroup(
      name,
      {
        name: args.names.logGroup.name,
        retentionInDays: args.settings.logRetentionDays,
        kmsKeyId: args.keyArn,
        tags: args.tags,
      },
      { parent: this },
    );
  }

  #createLogStream(name: string, logStreamName: string): cloudwatch.LogStream {
    return new cloudwatch.LogStream(
      name,
      { name: logStreamName, logGroupName: this.logGroup.name },
      { parent: this },
    );
  }

  #grantRole(name: string, { names, keyArn, lake, stream }: DeliveryArgs): iam.RolePolicy[] {
    const policy = (policyName: string, statements: pulumi.Input<Statement[]>) =>
      new iam.RolePolicy(
        `${name}-${policyName}`,
        {
          name: policyName,
          role: lake.role!.name,
          policy: pulumi.output(statements).apply(policyDocument),
        },
        { parent: this },
      );
    const policies = [
      policy(
        "deliver",
        names.apply((n) => [
          ...(stream ? readStream(n) : []),
          ...readSchema(n),
          ...writeErrorLog([`${n.logGroup.arn}:log-stream:${logStreamNames.data}`]),
        ]),
      ),
    ];
    if (stream) {
      const keyUse = pulumi.all([keyArn, names]).apply(([key, n]) => decryptStream(key, n));
      policies.push(policy("decrypt-stream", keyUse));
    }
    return policies;
  }

  #grantBackupRole(name: string, { names }: DeliveryArgs, backup: LakeBucket): iam.RolePolicy {
    return new iam.RolePolicy(
      `${name}-back-up`,
      {
        name: "back-up",
        role: backup.role!.name,
        policy: names.apply((n) =>
          policyDocument(writeErrorLog([`${n.logGroup.arn}:log-stream:${logStreamNames.backup}`])),
        ),
      },
      { parent: this },
    );
  }

  #destination(
    args: DeliveryArgs,
    log: cloudwatch.LogStream,
    backupLog: cloudwatch.LogStream | undefined,
  ): kinesis.FirehoseDeliveryStreamArgs["extendedS3Configuration"] {
    const { names, dataset, settings } = args;
    const layout = layoutOf(dataset);
    const logTo = (logStream: cloudwatch.LogStream) => ({
      enabled: true,
      logGroupName: this.logGroup.name,
      logStreamName: logStream.name,
    });
    return {
      roleArn: names.deliveryRole.arn,
      bucketArn: names.lakeBucket.arn,
      prefix: layout.prefix,
      errorOutputPrefix: layout.errorOutputPrefix,
      customTimeZone: dataset.timeZone,
      bufferingSize: settings.bufferingSizeMiB,
      bufferingInterval: settings.bufferingIntervalSeconds,
      // With conversion the objects themselves stay as they are; the codec is inside the Parquet file.
      compressionFormat: "UNCOMPRESSED",
      dataFormatConversionConfiguration: {
        enabled: true,
        inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
        outputFormatConfiguration: {
          serializer: { parquetSerDe: { compression: settings.parquetCompression } },
        },
        schemaConfiguration: {
          databaseName: args.table.database.name,
          tableName: args.table.table.name,
          roleArn: names.deliveryRole.arn,
          region: names.location.region,
        },
      },
      cloudwatchLoggingOptions: logTo(log),
      ...(settings.source === "CLOUDWATCH_LOGS" ? { processingConfiguration: unpackLogs } : {}),
      ...(args.backup && backupLog
        ? {
            s3BackupMode: "Enabled",
            s3BackupConfiguration: {
              roleArn: names.backupRole.arn,
              bucketArn: names.backupBucket.arn,
              prefix: "raw/dt=!{timestamp:yyyy-MM-dd}/",
              errorOutputPrefix: "errors/!{firehose:error-output-type}/",
              bufferingSize: settings.bufferingSizeMiB,
              // Zero buffering is not available for the backup (Firehose guide).
              bufferingInterval: Math.max(60, settings.bufferingIntervalSeconds),
              compressionFormat: "GZIP",
              cloudwatchLoggingOptions: logTo(backupLog),
            },
          }
        : {}),
    };
  }
}
