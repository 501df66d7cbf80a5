import type { DeploymentDocument } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import type { EvaluatedCall } from "./calls.ts";
import { keyArnOf } from "./kms-keys.ts";
import { physicalName, textInput } from "./plan-text.ts";
import { arnOf, partsOfArn } from "../../aws/arn.ts";
import { planOfRegion } from "./region.ts";

/**
 * Every call that API Gateway makes to put records on a stream: it becomes the integration's role, puts, and Kinesis
 * asks for a data key in its name (Kinesis guide, "Permissions to use KMS keys").
 */
export function putRecordsCalls(
  plan: DeploymentDocument,
  put: { roleArn: string; action: "PutRecord" | "PutRecords"; region: string; streamName: string },
): EvaluatedCall[] {
  const { roleArn: role, action, region, streamName } = put;
  const { partition, account } = partsOfArn(role);
  const streamArn = arnOf("kinesis", `stream/${streamName}`, { partition, region, account });
  const calls: EvaluatedCall[] = [
    // Which condition keys API Gateway sends is not documented, so it is taken to send none.
    { role, principal: { Service: "apigateway.amazonaws.com" } },
    { role, action: `kinesis:${action}`, resource: streamArn },
  ];
  const stream = resourcesOfType(planOfRegion(plan, region), "aws:kinesis/stream:Stream").find(
    (candidate) => physicalName(candidate) === streamName,
  );
  const encrypted = stream && textInput(stream, "encryptionType") === "KMS";
  const key = encrypted ? textInput(stream, "kmsKeyId") : undefined;
  const keyArn = key === undefined ? undefined : keyArnOf(plan, key);
  if (keyArn === undefined) return calls;
  const context = {
    "aws:ViaAWSService": "true",
    "kms:ViaService": `kinesis.${region}.amazonaws.com`,
    "kms:EncryptionContextKeys": ["aws:kinesis:arn"],
    "kms:EncryptionContext:aws:kinesis:arn": streamArn,
  };
  return [...calls, { role, action: "kms:GenerateDataKey", resource: keyArn, context }];
}
