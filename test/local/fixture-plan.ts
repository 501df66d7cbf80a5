import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";

const where = "eu-central-1:123456789012";

export interface FixtureOptions {
  /** Columns of the table, name to Glue type. */
  columns?: Record<string, string>;
  /** Replaces inputs of the extended S3 configuration; undefined takes one away. */
  s3?: Record<string, unknown>;
  /** Replaces inputs of the delivery stream. */
  delivery?: Record<string, unknown>;
  /** Replaces inputs of the conversion; undefined takes one away. */
  conversion?: Record<string, unknown>;
}

export const fixture = {
  stream: "orders-stream",
  delivery: "orders-delivery",
  lake: "orders-lake",
  backup: "orders-backup",
  database: "orders_db",
  table: "orders",
};

/** The role that the delivery stream assumes, with all that Firehose may need. */
const deliveryRole: [string, string, Record<string, unknown>][] = [
  [
    "aws:iam/role:Role",
    fixture.delivery,
    {
      name: fixture.delivery,
      assumeRolePolicy: policy([
        {
          Effect: "Allow",
          Principal: { Service: "firehose.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "123456789012" } },
        },
      ]),
    },
  ],
  [
    "aws:iam/rolePolicy:RolePolicy",
    fixture.delivery,
    {
      name: "deliver",
      role: fixture.delivery,
      policy: policy([{ Effect: "Allow", Action: ["kinesis:*", "s3:*", "glue:*", "logs:*"], Resource: "*" }]),
    },
  ],
];

function policy(statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A plan of one pipeline that delivers every record at once, with what a test wants otherwise. */
export function fixturePlan(options: FixtureOptions = {}): DeploymentDocument {
  const columns = options.columns ?? { id: "string", amount: "double", at: "timestamp" };
  const conversion = withoutUndefined({
    inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
    outputFormatConfiguration: { serializer: { parquetSerDe: { compression: "SNAPPY" } } },
    schemaConfiguration: {
      databaseName: fixture.database,
      tableName: fixture.table,
      roleArn: "arn:aws:iam::123456789012:role/orders-delivery",
    },
    ...options.conversion,
  });
  const s3 = withoutUndefined({
    roleArn: "arn:aws:iam::123456789012:role/orders-delivery",
    bucketArn: `arn:aws:s3:::${fixture.lake}`,
    prefix: "data/dt=!{timestamp:yyyy-MM-dd}/",
    errorOutputPrefix: "errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/",
    bufferingSize: 64,
    bufferingInterval: 0,
    dataFormatConversionConfiguration: conversion,
    ...options.s3,
  });
  return planOf([
    ["aws:kinesis/stream:Stream", fixture.stream, { name: fixture.stream, shardCount: 2 }],
    ...deliveryRole,
    ["aws:s3/bucket:Bucket", fixture.lake, { bucket: fixture.lake }],
    ["aws:s3/bucket:Bucket", fixture.backup, { bucket: fixture.backup }],
    [
      "aws:glue/catalogTable:CatalogTable",
      fixture.table,
      {
        name: fixture.table,
        databaseName: fixture.database,
        storageDescriptor: { columns: Object.entries(columns).map(([name, type]) => ({ name, type })) },
      },
    ],
    [
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      fixture.delivery,
      {
        name: fixture.delivery,
        destination: "extended_s3",
        kinesisSourceConfiguration: {
          kinesisStreamArn: `arn:aws:kinesis:${where}:stream/${fixture.stream}`,
          roleArn: "arn:aws:iam::123456789012:role/orders-delivery",
        },
        extendedS3Configuration: s3,
        ...options.delivery,
      },
    ],
  ]);
}

/** A deployment document of resources: type, name, inputs. */
export function planOf(
  resources: [type: string, name: string, inputs: Record<string, unknown>][],
): DeploymentDocument {
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-11-20T00:00:00Z", magic: "", version: "" },
      resources: resources.map(([type, name, inputs]): PlannedResource => ({
        urn: `urn:pulumi:local::orders::${type}::${name}`,
        custom: true,
        type,
        inputs,
        outputs: inputs,
      })),
    },
  };
}

function withoutUndefined(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}
