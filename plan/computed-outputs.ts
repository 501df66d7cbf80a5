import { createHash } from "node:crypto";
import { arnOf } from "../aws/arn.ts";
import { apiGatewayOutputs } from "./api-gateway-outputs.ts";

/** The account that stands in a plan for the one that only credentials could tell. */
export const placeholderAccount = "123456789012";

export interface Deployed {
  account: string;
  region: string;
}

interface Created {
  name: string;
  inputs: Record<string, unknown>;
  deployed: Deployed;
}

/** The service and the resource in the ARN of what has an account and a region. */
const arnForms: Record<string, [service: string, resource: (created: Created) => string]> = {
  "aws:athena/workgroup:Workgroup": ["athena", ({ name }) => `workgroup/${name}`],
  "aws:cloudwatch/logGroup:LogGroup": ["logs", ({ name }) => `log-group:${name}`],
  "aws:cloudwatch/logStream:LogStream": [
    "logs",
    ({ name, inputs }) => `log-group:${text(inputs["logGroupName"])}:log-stream:${name}`,
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["cloudwatch", ({ name }) => `alarm:${name}`],
  "aws:glue/catalogDatabase:CatalogDatabase": ["glue", ({ name }) => `database/${name}`],
  "aws:glue/catalogTable:CatalogTable": [
    "glue",
    ({ name, inputs }) => `table/${text(inputs["databaseName"])}/${name}`,
  ],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
    "firehose",
    ({ name }) => `deliverystream/${name}`,
  ],
  "aws:iot/topicRule:TopicRule": ["iot", ({ name }) => `rule/${name}`],
  "aws:kinesis/stream:Stream": ["kinesis", ({ name }) => `stream/${name}`],
  "aws:kms/alias:Alias": ["kms", ({ name }) => name],
  "aws:sns/topic:Topic": ["sns", ({ name }) => name],
};

/** How the AWS provider builds an id that is neither the physical name nor the ARN. */
const idForms: Record<string, (created: Created) => string> = {
  "aws:athena/preparedStatement:PreparedStatement": ({ name, inputs }) =>
    `${text(inputs["workgroup"])}/${name}`,
  "aws:glue/catalogDatabase:CatalogDatabase": ({ name, deployed }) => `${deployed.account}:${name}`,
  "aws:glue/catalogTable:CatalogTable": ({ name, inputs, deployed }) =>
    `${deployed.account}:${text(inputs["databaseName"])}:${name}`,
  "aws:iam/rolePolicy:RolePolicy": ({ name, inputs }) => `${text(inputs["role"])}:${name}`,
};

/** Types whose id is their ARN. */
const arnIsId = new Set([
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:kinesis/stream:Stream",
  "aws:sns/topic:Topic",
]);

/**
 * What AWS adds to a resource's inputs when it creates it, as far as programs ask for it: an id and, where its form is
 * known, an ARN. Physical names are taken from the inputs. The forms are those of the Service Authorization Reference
 * (ARNs) and of the AWS provider's import ids.
 */
export function computedOutputs(
  type: string,
  logicalName: string,
  inputs: Record<string, unknown>,
  deployed: Deployed,
): { id: string; outputs: Record<string, unknown> } {
  const { account, region } = deployed;
  const place = { partition: "aws", account, region };
  const name = text(inputs["bucket"], inputs["name"], logicalName);
  switch (type) {
    case "aws:kms/key:Key": {
      const keyId = uuidOf(logicalName);
      return { id: keyId, outputs: { keyId, arn: arnOf("kms", `key/${keyId}`, place) } };
    }
    case "aws:s3/bucket:Bucket":
      return { id: name, outputs: { bucket: name, arn: arnOf("s3", name, { partition: "aws" }), region } };
    case "aws:iam/role:Role":
      return { id: name, outputs: { name, arn: arnOf("iam", `role/${name}`, { ...place, region: "" }) } };
  }
  if (type.startsWith("aws:apigateway/")) return apiGatewayOutputs(type, logicalName, inputs, deployed);
  const created = { name, inputs, deployed };
  const [service, resource] = arnForms[type] ?? [];
  const arn = service && resource ? arnOf(service, resource(created), place) : text(inputs["arn"]);
  return {
    id: arnIsId.has(type) ? arn : (idForms[type]?.(created) ?? name),
    outputs: {
      ...(inputs["name"] === undefined ? {} : { name }),
      ...(arn === "" ? {} : { arn }),
    },
  };
}

function text(...values: unknown[]): string {
  return values.find((value): value is string => typeof value === "string" && value !== "") ?? "";
}

/** The same name gives the same UUID, so that two plans of a program are equal. */
function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
