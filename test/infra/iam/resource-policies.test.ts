import assert from "node:assert/strict";
import { account, backupPlan, barePlan, defaultPlan, region, type PipelinePlan } from "../plan-pipeline.ts";
import { arn, bucketArn, logGroup, statementsOf, tlsOnly } from "./statements.ts";

const alarms = ["delivery-freshness", "behind-latest", "failed-conversion", "iterator-age"].map((metric) =>
  arn("cloudwatch", `alarm:shop-dev-web-${metric}`),
);
const ofAlarms = {
  ArnEquals: { "aws:SourceArn": alarms },
  StringEquals: { "aws:SourceAccount": account },
};

describe("the policies of buckets, key and topic", () => {
  let plan: PipelinePlan;
  let backup: PipelinePlan;

  before(async () => {
    [plan, backup] = await Promise.all([defaultPlan(), backupPlan()]);
  });

  it("deny each bucket without TLS", () => {
    const policyOf = (purpose: string) =>
      statementsOf(backup.find("aws:s3/bucketPolicy:BucketPolicy", `web-${purpose}`));
    for (const purpose of ["lake", "backup", "results"]) {
      assert.deepEqual(policyOf(purpose), [tlsOnly(purpose)]);
    }
  });

  it("let S3 log the requests to the pipeline's own buckets", () => {
    const policyIn = (someone: PipelinePlan) =>
      statementsOf(someone.find("aws:s3/bucketPolicy:BucketPolicy", "web-access-logs"));
    const expected = (...purposes: string[]) => [
      tlsOnly("access-logs"),
      {
        Sid: "ReceiveAccessLogs",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${bucketArn("access-logs")}/*`,
        Condition: {
          ArnEquals: { "aws:SourceArn": purposes.map(bucketArn) },
          StringEquals: { "aws:SourceAccount": account },
        },
      },
    ];
    assert.deepEqual(policyIn(plan), expected("lake", "results"));
    assert.deepEqual(policyIn(backup), expected("lake", "results", "backup"));
  });

  it("let the account administer the key, and CloudWatch encrypt this pipeline's logs and alarms", () => {
    const [administration, ...services] = statementsOf(plan.find("aws:kms/key:Key"));
    assert.deepEqual(administration, {
      Sid: "AccountAdministersAndDelegates",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: [
        ...["CancelKeyDeletion", "CreateAlias", "CreateGrant", "Decrypt", "DeleteAlias", "DescribeKey"],
        ...["DisableKey", "DisableKeyRotation", "EnableKey", "EnableKeyRotation", "Encrypt"],
        ...["GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "GetKeyPolicy", "GetKeyRotationStatus"],
        ...["ListGrants", "ListKeyPolicies", "ListResourceTags", "PutKeyPolicy", "ReEncryptFrom"],
        ...["ReEncryptTo", "RetireGrant", "RevokeGrant", "ScheduleKeyDeletion", "TagResource"],
        ...["UntagResource", "UpdateAlias", "UpdateKeyDescription"],
      ].map((action) => `kms:${action}`),
      Resource: "*",
    });
    assert.deepEqual(services, [
      {
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
        Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroup } },
      },
      {
        Sid: "EncryptAlarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: ofAlarms,
      },
    ]);
  });

  it("let no alarms use the key where there are none", async () => {
    const [, ...services] = statementsOf((await barePlan()).find("aws:kms/key:Key"));
    assert.deepEqual(
      services.map(({ Sid }) => Sid),
      ["EncryptErrorLog"],
    );
  });

  it("let only this pipeline's alarms publish to its topic", () => {
    const { inputs } = plan.find("aws:sns/topicPolicy:TopicPolicy");
    assert.equal(inputs["arn"], arn("sns", "shop-dev-web-alarms"));
    assert.deepEqual(statementsOf(plan.find("aws:sns/topicPolicy:TopicPolicy")), [
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: arn("sns", "shop-dev-web-alarms"),
        Condition: ofAlarms,
      },
    ]);
  });
});
