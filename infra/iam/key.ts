import type { Names } from "../names.ts";
import type { Statement } from "./policy-document.ts";

/**
 * The key's own policy. The account administers it and hands out its use by IAM policies (without that a key can
 * become unusable: KMS guide, "Default key policy"); the actions are listed one by one. CloudWatch Logs and CloudWatch
 * alarms have no role of their own, so they are named here, each for this pipeline's resources only.
 */
export function keyPolicy(names: Names): Statement[] {
  const { account, partition, region } = names.location;
  return [
    {
      Sid: "AccountAdministersAndDelegates",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: [
        "kms:CancelKeyDeletion",
        "kms:CreateAlias",
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DeleteAlias",
        "kms:DescribeKey",
        "kms:DisableKey",
        "kms:DisableKeyRotation",
        "kms:EnableKey",
        "kms:EnableKeyRotation",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:ListGrants",
        "kms:ListKeyPolicies",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:RetireGrant",
        "kms:RevokeGrant",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
      ],
      Resource: "*",
    },
    {
      // CloudWatch Logs guide, "Encrypt log data": the context is the log group.
      Sid: "EncryptErrorLog",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: "*",
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": names.logGroup.arn } },
    },
    {
      // SNS guide, "Enable compatibility between event sources from AWS services and encrypted topics".
      Sid: "EncryptAlarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        ArnEquals: { "aws:SourceArn": Object.values(names.alarms).map((alarm) => alarm.arn) },
        StringEquals: { "aws:SourceAccount": account },
      },
    },
  ];
}

/** The pipeline's alarms may publish to its topic, nobody else. */
export function alarmTopicPolicy(names: Names): Statement[] {
  return [
    {
      Sid: "AlarmsPublish",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: names.alarmTopic.arn,
      Condition: {
        ArnEquals: { "aws:SourceArn": Object.values(names.alarms).map((alarm) => alarm.arn) },
        StringEquals: { "aws:SourceAccount": names.location.account },
      },
    },
  ];
}
