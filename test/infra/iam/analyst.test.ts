import assert from "node:assert/strict";
import { account, defaultPlan, planPipeline, type PipelinePlan } from "../plan-pipeline.ts";
import { arn, bucketArn, ofBucket, rolePolicy, statementsOf, table, viaS3 } from "./statements.ts";

const workgroup = arn("athena", "workgroup/shop-dev-web");
const sameAccount = { StringEquals: { "aws:ResourceAccount": account } };

describe("the analyst role", () => {
  let plan: PipelinePlan;
  let key: string;

  before(async () => {
    plan = await defaultPlan();
    key = plan.find("aws:kms/key:Key").outputs["arn"] as string;
  });

  it("is assumed by the account's principals, or only by those that are listed", async () => {
    const trustIn = (someone: PipelinePlan) =>
      statementsOf(someone.find("aws:iam/role:Role", "web-results"), "assumeRolePolicy");
    const trust = (principals: unknown) => [
      { Sid: "Analysts", Effect: "Allow", Principal: { AWS: principals }, Action: "sts:AssumeRole" },
    ];
    assert.deepEqual(trustIn(plan), trust(`arn:aws:iam::${account}:root`));
    const people = [`arn:aws:iam::${account}:role/analysts`, `arn:aws:iam::${account}:user/ada`];
    assert.deepEqual(trustIn(await planPipeline({ analystPrincipalArns: people })), trust(people));
    const one = await planPipeline({ analystPrincipalArns: people.slice(0, 1) });
    assert.deepEqual(trustIn(one), trust(people[0]));
  });

  it("runs queries in one workgroup, over one table, and reads its own results", () => {
    assert.deepEqual(rolePolicy(plan, "results-write-bucket"), {
      role: "shop-dev-web-analyst",
      statements: [
        {
          Sid: "Workgroup",
          Effect: "Allow",
          Action: [
            "athena:BatchGetNamedQuery",
            "athena:BatchGetQueryExecution",
            "athena:GetNamedQuery",
            "athena:GetPreparedStatement",
            "athena:GetQueryExecution",
            "athena:GetQueryResults",
            "athena:GetQueryResultsStream",
            "athena:GetQueryRuntimeStatistics",
            "athena:GetWorkGroup",
            "athena:ListNamedQueries",
            "athena:ListPreparedStatements",
            "athena:ListQueryExecutions",
            "athena:StartQueryExecution",
            "athena:StopQueryExecution",
          ],
          Resource: workgroup,
        },
        {
          Sid: "ListOnly",
          Effect: "Allow",
          Action: ["athena:ListDataCatalogs", "athena:ListEngineVersions", "athena:ListWorkGroups"],
          Resource: "*",
        },
        {
          Sid: "Catalog",
          Effect: "Allow",
          Action: [
            "athena:GetDataCatalog",
            "athena:GetDatabase",
            "athena:GetTableMetadata",
            "athena:ListDatabases",
            "athena:ListTableMetadata",
          ],
          Resource: arn("athena", "datacatalog/AwsDataCatalog"),
        },
        {
          Sid: "ReadSchema",
          Effect: "Allow",
          Action: [
            "glue:BatchGetPartition",
            "glue:GetDatabase",
            "glue:GetDatabases",
            "glue:GetPartition",
            "glue:GetPartitions",
            "glue:GetTable",
            "glue:GetTables",
          ],
          Resource: table,
        },
        {
          Sid: "DefaultDatabase",
          Effect: "Allow",
          Action: ["glue:GetDatabase"],
          Resource: [arn("glue", "catalog"), arn("glue", "database/default")],
        },
        {
          Sid: "ListData",
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: bucketArn("lake"),
          Condition: { StringLike: { "s3:prefix": ["data/", "data/*"] } },
        },
        {
          Sid: "FindData",
          Effect: "Allow",
          Action: ["s3:GetBucketLocation"],
          Resource: bucketArn("lake"),
        },
        {
          Sid: "ReadDataThroughAthena",
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: `${bucketArn("lake")}/data/*`,
          Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": ["athena.amazonaws.com"] } },
        },
        {
          Sid: "FindResults",
          Effect: "Allow",
          Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          Resource: bucketArn("results"),
          Condition: sameAccount,
        },
        {
          Sid: "WriteResults",
          Effect: "Allow",
          Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
          Resource: `${bucketArn("results")}/shop-dev-web/*`,
          Condition: sameAccount,
        },
      ],
    });
  });

  it("decrypts the data and encrypts results, through S3 only", () => {
    assert.deepEqual(rolePolicy(plan, "results-use-key"), {
      role: "shop-dev-web-analyst",
      statements: [
        {
          Sid: "DecryptData",
          Effect: "Allow",
          Action: ["kms:Decrypt"],
          Resource: key,
          Condition: { StringEquals: viaS3, ...ofBucket("lake") },
        },
        {
          Sid: "EncryptResults",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: key,
          Condition: { StringEquals: viaS3, ...ofBucket("results") },
        },
      ],
    });
  });
});
