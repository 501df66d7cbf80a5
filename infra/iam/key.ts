import type { Names } from "../names.ts";
import type { Statement } from "./policy-document.ts";

export type AlarmKey = keyof Names["alarms"];

/**
 * The key's own policy. The account administers it and hands out its use by IAM policies (without that a key can
 * become unusable: KMS guide, "Default key policy"); the actions are listed one by one. CloudWatch Logs and CloudWatch
 * alarms have no role of their own, so they are named here, each for this pipeline's resources only.
 * @param logGroupArns the pipeline's log groups.
 * @param alarms the pipeline's alarms; none where it has none.
 */
export function keyPolicy(names: Names, logGroupArns: string[], alarms: AlarmKey[]): Statement[] {
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
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": oneOrMore(logGroupArns) } },
    },
    ...(alarms.length > 0 ? [encryptAlarms(names, alarms)] : []),
  ];
}

/** CloudWatch's alarms publish to the encrypted topic (SNS guide, "Enable compatibility between event sources ..."). */
function encryptAlarms(names: Names, alarms: AlarmKey[]): Statement {
  return {
    Sid: "EncryptAlarms",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      ArnEquals: { "aws:SourceArn": alarms.map((key) => names.alarms[key].arn) },
      StringEquals: { "aws:SourceAccount": names.location.account },
    },
  };
}

/** The pipeline's alarms may publish to its topic, nobody else. */
export function alarmTopicPolicy(names: Names, alarms: AlarmKey[]): Statement[] {
  return [
    {
      Sid: "AlarmsPublish",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: names.alarmTopic.arn,
      Condition: {
        ArnEquals: { "aws:SourceArn": alarms.map((key) => names.alarms[key].arn) },
        StringEquals: { "aws:SourceAccount": names.location.account },
      },
    },
  ];
}

function oneOrMore(values: string[]): string | string[] {
  return values.length === 1 ? (values[0] ?? []) : values;
}
