import { arnOf } from "../../aws/arn.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { bucketEncryptionOf } from "./bucket-encryption.ts";
import type { Call } from "./calls.ts";
import { keyArnOf } from "./kms-keys.ts";
import type { RequestContext } from "./request.ts";

/** Who calls S3, and where from. */
export interface S3Caller {
  readonly plan: DeploymentDocument;
  /** Name or ARN of the role. */
  readonly role: string;
  readonly partition: string;
  readonly region: string;
  /** What the call carries besides, such as `aws:CalledVia`. Default: nothing. */
  readonly context?: RequestContext;
}

/** An object, and the key that the caller asks S3 to encrypt it with instead of the bucket's own. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
  readonly kmsKey?: string | undefined;
}

/** What a caller may need for an object besides reading or writing it: uploads in parts are one kind. */
export type ObjectAction =
  "s3:PutObject" | "s3:GetObject" | "s3:AbortMultipartUpload" | "s3:ListMultipartUploadParts";

/** Calls about a bucket itself. */
export function bucketCalls(caller: S3Caller, bucket: string, actions: readonly string[]): Call[] {
  const resource = bucketArnOf(caller, bucket);
  return actions.map((action) => callOf(caller, action, resource));
}

/** Listing the keys below a prefix. */
export function listCall(caller: S3Caller, bucket: string, prefix: string): Call {
  return callOf(caller, "s3:ListBucket", bucketArnOf(caller, bucket), { "s3:prefix": prefix });
}

/**
 * Calls about an object, with those that S3 makes to KMS for the caller: GenerateDataKey to write, Decrypt to read and
 * to put together an upload in parts (S3 guide, "Using server-side encryption with AWS KMS keys").
 */
export function objectCalls(caller: S3Caller, object: S3Object, actions: readonly ObjectAction[]): Call[] {
  const { plan, region } = caller;
  const bucketArn = bucketArnOf(caller, object.bucket);
  const resource = `${bucketArn}/${object.key}`;
  const { keyArn: bucketsKey, bucketKey } = bucketEncryptionOf(plan, object.bucket);
  const asked = object.kmsKey === undefined ? undefined : keyArnOf(plan, object.kmsKey);
  const header: RequestContext =
    object.kmsKey === undefined
      ? {}
      : {
          "s3:x-amz-server-side-encryption": "aws:kms",
          "s3:x-amz-server-side-encryption-aws-kms-key-id": asked ?? object.kmsKey,
        };
  const calls = actions.map((action) =>
    callOf(caller, action, resource, action === "s3:PutObject" ? header : {}),
  );
  const keyArn = object.kmsKey === undefined ? bucketsKey : asked;
  if (keyArn === undefined) return calls;
  const keyActions = new Set(
    actions.flatMap((action) =>
      action === "s3:PutObject"
        ? ["kms:GenerateDataKey", "kms:Decrypt"]
        : action === "s3:GetObject"
          ? ["kms:Decrypt"]
          : [],
    ),
  );
  const context: RequestContext = {
    "aws:ViaAWSService": "true",
    "kms:ViaService": `s3.${region}.amazonaws.com`,
    "kms:EncryptionContextKeys": ["aws:s3:arn"],
    "kms:EncryptionContext:aws:s3:arn": bucketKey ? bucketArn : resource,
  };
  return [...calls, ...[...keyActions].map((action) => callOf(caller, action, keyArn, context))];
}

function bucketArnOf({ partition }: S3Caller, bucket: string): string {
  return arnOf("s3", bucket, { partition });
}

function callOf(caller: S3Caller, action: string, resource: string, context: RequestContext = {}): Call {
  return { role: caller.role, action, resource, context: { ...caller.context, ...context } };
}
