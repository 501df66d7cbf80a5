import { apiGatewayNeeds } from "./api-gateway-needs.ts";
import type { Need } from "./need.ts";

export type { Declared, Need } from "./need.ts";

/** What AWS demands to exist before it creates a resource with these inputs, as its services document and answer. */
export function needsOf(type: string, inputs: Record<string, unknown>): Need[] {
  switch (type) {
    case "aws:iam/rolePolicy:RolePolicy":
      return [role(inputs["role"])];
    case "aws:kms/alias:Alias":
      return key(inputs["targetKeyId"]);
    case "aws:kinesis/stream:Stream":
    case "aws:cloudwatch/logGroup:LogGroup":
      return key(inputs["kmsKeyId"]);
    case "aws:cloudwatch/logStream:LogStream":
      return [logGroup(inputs["logGroupName"])];
    case "aws:glue/catalogTable:CatalogTable":
      return [database(inputs["databaseName"])];
    case "aws:sns/topic:Topic":
      return key(inputs["kmsMasterKeyId"]);
    case "aws:sns/topicPolicy:TopicPolicy":
      return [topic(inputs["arn"])];
    case "aws:sns/topicSubscription:TopicSubscription":
      return [topic(inputs["topic"])];
    case "aws:athena/namedQuery:NamedQuery":
    case "aws:athena/preparedStatement:PreparedStatement":
      return [workgroup(inputs["workgroup"])];
    case "aws:s3/bucketLogging:BucketLogging":
      return [bucket(inputs["bucket"]), bucket(inputs["targetBucket"])];
    case "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream":
      return deliveryStreamNeeds(inputs);
    case "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter":
      return [
        existing(
          "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
          "arn",
          inputs["destinationArn"],
          "InvalidParameterException: destination",
        ),
        grant(inputs["roleArn"], "firehose:PutRecord"),
      ];
    default:
      if (type.startsWith("aws:apigateway/")) return apiGatewayNeeds(type, inputs);
      return type.startsWith("aws:s3/bucket") && type !== "aws:s3/bucket:Bucket"
        ? [bucket(inputs["bucket"])]
        : [];
  }
}

/**
 * Firehose looks up the table and assumes its roles while it is created, so their policies have to be there
 * (Firehose guide, "Controlling access"); its log stream is written from the first error on.
 */
function deliveryStreamNeeds(inputs: Record<string, unknown>): Need[] {
  const destination = block(inputs["extendedS3Configuration"]);
  return [
    ...(inputs["kinesisSourceConfiguration"] ? sourceNeeds(block(inputs["kinesisSourceConfiguration"])) : []),
    ...destinationNeeds(destination),
    ...conversionNeeds(block(destination["dataFormatConversionConfiguration"])),
    ...(destination["s3BackupMode"] === "Enabled"
      ? destinationNeeds(block(destination["s3BackupConfiguration"]))
      : []),
  ];
}

function sourceNeeds({ kinesisStreamArn, roleArn }: Record<string, unknown>): Need[] {
  return [
    existing("aws:kinesis/stream:Stream", "arn", kinesisStreamArn, "ResourceNotFoundException: stream"),
    grant(roleArn, "kinesis:GetRecords"),
    grant(roleArn, "kms:Decrypt"),
  ];
}

function conversionNeeds(conversion: Record<string, unknown>): Need[] {
  if (conversion["enabled"] !== true) return [];
  const schema = block(conversion["schemaConfiguration"]);
  return [database(schema["databaseName"]), table(schema), grant(schema["roleArn"], "glue:GetTableVersions")];
}

function destinationNeeds(destination: Record<string, unknown>): Need[] {
  const logging = block(destination["cloudwatchLoggingOptions"]);
  return [
    existing("aws:s3/bucket:Bucket", "arn", destination["bucketArn"], "InvalidArgumentException: bucket"),
    grant(destination["roleArn"], "s3:PutObject"),
    grant(destination["roleArn"], "kms:GenerateDataKey"),
    ...(logging["enabled"] === true
      ? [
          logGroup(logging["logGroupName"]),
          existing(
            "aws:cloudwatch/logStream:LogStream",
            "name",
            logging["logStreamName"],
            "ResourceNotFoundException: log stream",
            (inputs) => inputs["logGroupName"] === logging["logGroupName"],
          ),
          grant(destination["roleArn"], "logs:PutLogEvents"),
        ]
      : []),
  ];
}

function bucket(name: unknown): Need {
  return existing("aws:s3/bucket:Bucket", "bucket", name, "NoSuchBucket:");
}

function role(name: unknown): Need {
  return existing("aws:iam/role:Role", "name", name, "NoSuchEntity: role");
}

function logGroup(name: unknown): Need {
  return existing("aws:cloudwatch/logGroup:LogGroup", "name", name, "ResourceNotFoundException: log group");
}

function database(name: unknown): Need {
  return existing(
    "aws:glue/catalogDatabase:CatalogDatabase",
    "name",
    name,
    "EntityNotFoundException: database",
  );
}

function table(schema: Record<string, unknown>): Need {
  return existing(
    "aws:glue/catalogTable:CatalogTable",
    "name",
    schema["tableName"],
    "EntityNotFoundException: table",
    (inputs) => inputs["databaseName"] === schema["databaseName"],
  );
}

function topic(arn: unknown): Need {
  return existing("aws:sns/topic:Topic", "arn", arn, "NotFound: topic");
}

function workgroup(name: unknown): Need {
  return existing("aws:athena/workgroup:Workgroup", "name", name, "InvalidRequestException: WorkGroup");
}

/** A KMS key, named by its id or its ARN; AWS's own keys, named by their alias, are always there. */
function key(given: unknown): Need[] {
  if (typeof given !== "string" || given.startsWith("alias/aws/")) return [];
  return [
    {
      error: `NotFoundException: key ${given} does not exist`,
      satisfiedBy: ({ type, outputs }) =>
        type === "aws:kms/key:Key" && (outputs["arn"] === given || outputs["keyId"] === given),
    },
  ];
}

/** A policy of a role that allows an action. */
function grant(roleArn: unknown, action: string): Need {
  const roleName = String(roleArn).split("/").at(-1);
  return {
    error: `AccessDenied: ${String(roleArn)} is not authorized to perform ${action}`,
    satisfiedBy: ({ type, inputs }) =>
      type === "aws:iam/rolePolicy:RolePolicy" &&
      inputs["role"] === roleName &&
      String(inputs["policy"]).includes(`"${action}"`),
  };
}

function existing(
  type: string,
  property: string,
  value: unknown,
  complaint: string,
  also: (inputs: Record<string, unknown>) => boolean = () => true,
): Need {
  return {
    error: `${complaint} ${String(value)} does not exist`,
    satisfiedBy: (resource) =>
      resource.type === type && resource.outputs[property] === value && also(resource.inputs),
  };
}

function block(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
