import { nameOf } from "../../../plan/deployment.ts";
import assert from "node:assert/strict";
import { account, backupPlan, defaultPlan, region, type PipelinePlan } from "../plan-pipeline.ts";
import {
  arn,
  bucketArn,
  logGroup,
  ofBucket,
  rolePolicy,
  statementsOf,
  table,
  viaS3,
  type Statement,
} from "./statements.ts";

const stream = arn("kinesis", "stream/shop-dev-web");

function writes(purpose: string, folders: string[]): Statement[] {
  return [
    {
      Sid: "FindBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn(purpose),
    },
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      Resource: folders.map((folder) => `${bucketArn(purpose)}/${folder}*`),
    },
  ];
}

const usesKey = (key: string, purpose: string): Statement => ({
  Sid: "UseBucketKey",
  Effect: "Allow",
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: key,
  Condition: { StringEquals: viaS3, ...ofBucket(purpose) },
});

const firehoseTrust = [
  {
    Sid: "FirehoseOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": account } },
  },
];

describe("the roles that write for Firehose", () => {
  let plan: PipelinePlan;
  let backup: PipelinePlan;
  let key: string;

  before(async () => {
    [plan, backup] = await Promise.all([defaultPlan(), backupPlan()]);
    key = plan.find("aws:kms/key:Key").outputs["arn"] as string;
  });

  it("the delivery role is assumed by Firehose, for this account", () => {
    const role = plan.find("aws:iam/role:Role", "web-lake");
    assert.equal(role.inputs["name"], "shop-dev-web-delivery");
    assert.deepEqual(statementsOf(role, "assumeRolePolicy"), firehoseTrust);
  });

  it("the delivery role writes the lake bucket's two folders, through its key", () => {
    assert.deepEqual(rolePolicy(plan, "lake-write-bucket"), {
      role: "shop-dev-web-delivery",
      statements: writes("lake", ["data/", "errors/"]),
    });
    assert.deepEqual(rolePolicy(plan, "lake-use-key"), {
      role: "shop-dev-web-delivery",
      statements: [usesKey(key, "lake")],
    });
  });

  it("the delivery role reads stream and schema and writes its error log", () => {
    assert.deepEqual(rolePolicy(plan, "delivery-deliver"), {
      role: "shop-dev-web-delivery",
      statements: [
        {
          Sid: "ReadStream",
          Effect: "Allow",
          Action: [
            "kinesis:DescribeStream",
            "kinesis:GetShardIterator",
            "kinesis:GetRecords",
            "kinesis:ListShards",
          ],
          Resource: stream,
        },
        {
          Sid: "ReadSchema",
          Effect: "Allow",
          Action: ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
          Resource: table,
        },
        {
          Sid: "WriteErrorLog",
          Effect: "Allow",
          Action: ["logs:PutLogEvents"],
          Resource: [`${logGroup}:log-stream:DestinationDelivery`],
        },
      ],
    });
    assert.deepEqual(rolePolicy(plan, "delivery-decrypt-stream"), {
      role: "shop-dev-web-delivery",
      statements: [
        {
          Sid: "DecryptStream",
          Effect: "Allow",
          Action: ["kms:Decrypt"],
          Resource: key,
          Condition: {
            StringEquals: {
              "kms:ViaService": `kinesis.${region}.amazonaws.com`,
              "kms:EncryptionContext:aws:kinesis:arn": stream,
            },
          },
        },
      ],
    });
  });

  it("the backup role writes the backup bucket and its own error log", () => {
    const role = backup.find("aws:iam/role:Role", "web-backup");
    assert.equal(role.inputs["name"], "shop-dev-web-backup");
    assert.deepEqual(statementsOf(role, "assumeRolePolicy"), firehoseTrust);
    assert.deepEqual(rolePolicy(backup, "backup-write-bucket"), {
      role: "shop-dev-web-backup",
      statements: writes("backup", ["raw/", "errors/"]),
    });
    assert.deepEqual(rolePolicy(backup, "backup-use-key"), {
      role: "shop-dev-web-backup",
      statements: [usesKey(key, "backup")],
    });
    assert.deepEqual(rolePolicy(backup, "delivery-back-up"), {
      role: "shop-dev-web-backup",
      statements: [
        {
          Sid: "WriteErrorLog",
          Effect: "Allow",
          Action: ["logs:PutLogEvents"],
          Resource: [`${logGroup}:log-stream:BackupDelivery`],
        },
      ],
    });
  });

  it("have no other policies, and the analyst has two", () => {
    const names = (someone: PipelinePlan) =>
      someone
        .ofType("aws:iam/rolePolicy:RolePolicy")
        .map(({ urn }) => nameOf(urn).slice("web-".length))
        .sort();
    const always = ["delivery-decrypt-stream", "delivery-deliver", "lake-use-key", "lake-write-bucket"];
    const analyst = ["results-use-key", "results-write-bucket"];
    assert.deepEqual(names(plan), [...always, ...analyst]);
    const more = ["backup-use-key", "backup-write-bucket", "delivery-back-up"];
    assert.deepEqual(names(backup), [...always, ...analyst, ...more].sort());
  });
});
