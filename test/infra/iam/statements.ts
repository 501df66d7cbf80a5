import assert from "node:assert/strict";
import type { PlannedResource } from "../../../plan/deployment.ts";
import { account, region, type PipelinePlan } from "../plan-pipeline.ts";

export interface Statement {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: unknown;
}

const documentIn = (resource: PlannedResource, input: string) =>
  JSON.parse(resource.inputs[input] as string) as { Version: string; Statement: Statement[] };

/** The statements of a policy; each is of the same version. */
export function statementsOf(resource: PlannedResource, input = "policy"): Statement[] {
  const { Version, Statement, ...rest } = documentIn(resource, input);
  assert.deepEqual([Version, rest], ["2012-10-17", {}]);
  return Statement;
}

export const rolePolicy = (plan: PipelinePlan, name: string) => {
  const resource = plan.find("aws:iam/rolePolicy:RolePolicy", `web-${name}`);
  return { role: resource.inputs["role"], statements: statementsOf(resource) };
};

export const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
export const bucketArn = (purpose: string) => `arn:aws:s3:::shop-dev-web-${purpose}-${account}`;
const catalog = [arn("glue", "catalog"), arn("glue", "database/shop_dev_web")];
export const table = [...catalog, arn("glue", "table/shop_dev_web/orders")];
export const logGroup = arn("logs", "log-group:/aws/kinesisfirehose/shop-dev-web");
export const viaS3 = { "kms:ViaService": `s3.${region}.amazonaws.com` };
/** With an S3 bucket key the encryption context is the bucket, without one the object. */
export const ofBucket = (purpose: string) => ({
  StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn(purpose), `${bucketArn(purpose)}/*`] },
});

/** What each bucket's policy denies. */
export const tlsOnly = (purpose: string) => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucketArn(purpose), `${bucketArn(purpose)}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
