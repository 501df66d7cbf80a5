import type { Statement } from "./policy-document.ts";

/** Writing to one bucket, below the given folders, and to no other bucket. */
export function writeBucket(bucketArn: string, folders: readonly string[]): Statement[] {
  return [
    {
      Sid: "FindBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn,
    },
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      Resource: folders.map((folder) => `${bucketArn}/${folder}*`),
    },
  ];
}

/**
 * Encrypting and decrypting the objects of one bucket, through S3 only. With an S3 bucket key the encryption context
 * is the bucket's ARN, without one the object's (S3 guide, "S3 Bucket Keys").
 */
export function useBucketKey(keyArn: string, bucketArn: string, region: string): Statement[] {
  return [
    {
      Sid: "UseBucketKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: {
        StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
      },
    },
  ];
}

/** The bucket's own policy: nothing goes in or out without TLS. */
export function tlsOnly(bucketArn: string): Statement[] {
  return [
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}

/** S3 may write the access logs of the account's given buckets (S3 guide, "Enabling server access logging"). */
export function receiveAccessLogs(
  bucketArn: string,
  account: string,
  sourceBucketArns: string[],
): Statement[] {
  return [
    {
      Sid: "ReceiveAccessLogs",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucketArn}/*`,
      Condition: {
        ArnEquals: { "aws:SourceArn": sourceBucketArns },
        StringEquals: { "aws:SourceAccount": account },
      },
    },
  ];
}
