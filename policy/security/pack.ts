import type { Rule } from "../authoring/rule.ts";
import { apigatewayAuth } from "./rules/apigateway-auth.ts";
import { athenaResultEncryption } from "./rules/athena-result-encryption.ts";
import { athenaWorkgroupEnforced } from "./rules/athena-workgroup-enforced.ts";
import { firehoseEncryption } from "./rules/firehose-encryption.ts";
import { firehoseNoInlineCredentials } from "./rules/firehose-no-inline-credentials.ts";
import { iamLeastPrivilege } from "./rules/iam-least-privilege.ts";
import { iamRoleBucketIsolation } from "./rules/iam-role-bucket-isolation.ts";
import { iamTrustPolicy } from "./rules/iam-trust-policy.ts";
import { kinesisEncryption } from "./rules/kinesis-encryption.ts";
import { kmsKeyHygiene } from "./rules/kms-key-hygiene.ts";
import { s3AccessLogging } from "./rules/s3-access-logging.ts";
import { s3AclsDisabled } from "./rules/s3-acls-disabled.ts";
import { s3Encryption } from "./rules/s3-encryption.ts";
import { s3NoPublicGrants } from "./rules/s3-no-public-grants.ts";
import { s3PublicAccessBlock } from "./rules/s3-public-access-block.ts";
import { s3TlsOnly } from "./rules/s3-tls-only.ts";
import { snsSqsEncryption } from "./rules/sns-sqs-encryption.ts";
import { statefulProtection } from "./rules/stateful-protection.ts";

export const securityRules: readonly Rule[] = [
  kinesisEncryption,
  firehoseEncryption,
  firehoseNoInlineCredentials,
  s3PublicAccessBlock,
  s3TlsOnly,
  s3NoPublicGrants,
  s3AclsDisabled,
  s3Encryption,
  s3AccessLogging,
  statefulProtection,
  athenaWorkgroupEnforced,
  athenaResultEncryption,
  iamLeastPrivilege,
  iamTrustPolicy,
  iamRoleBucketIsolation,
  kmsKeyHygiene,
  snsSqsEncryption,
  apigatewayAuth,
];
