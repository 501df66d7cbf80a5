import assert from "node:assert/strict";
import { nameOf, type PlannedResource } from "../../plan/deployment.ts";
import {
  account,
  backupPlan,
  barePlan,
  defaultPlan,
  planPipeline,
  region,
  type PipelinePlan,
} from "./plan-pipeline.ts";

interface Statement {
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
function statementsOf(resource: PlannedResource, input = "policy"): Statement[] {
  const { Version, Statement, ...rest } = documentIn(resource, input);
  assert.deepEqual([Version, rest], ["2012-10-17", {}]);
  return Statement;
}

const rolePolicy = (plan: PipelinePlan, name: string) => {
  const resource = plan.find("aws:iam/rolePolicy:RolePolicy", `web-${name}`);
  return { role: resource.inputs["role"], statements: statementsOf(resource) };
};

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const bucketArn = (purpose: string) => `arn:aws:s3:::shop-dev-orders-${purpose}-${account}`;
const catalog = [arn("glue", "catalog"), arn("glue", "database/shop_dev_orders")];
const table = [...catalog, arn("glue", "table/shop_dev_orders/orders")];
const stream = arn("kinesis", "stream/shop-dev-orders");
const logGroup = arn("logs", "log-group:/aws/kinesisfirehose/shop-dev-orders");
const workgroup = arn("athena", "workgroup/shop-dev-orders");
const viaS3 = { "kms:ViaService": `s3.${region}.amazonaws.com` };
const ofBucket = (purpose: string) => ({
  StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn(purpose), `${bucketArn(purpose)}/*`] },
});
const sameAccount = { StringEquals: { "aws:ResourceAccount": account } };
const alarms = ["delivery-freshness", "behind-latest", "failed-conversion", "iterator-age"].map((metric) =>
  arn("cloudwatch", `alarm:shop-dev-orders-${metric}`),
);
const ofAlarms = {
  ArnEquals: { "aws:SourceArn": alarms },
  StringEquals: { "aws:SourceAccount": account },
};

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

const tlsOnly = (purpose: string) => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucketArn(purpose), `${bucketArn(purpose)}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

describe("the statements of a pipeline", () => {
  let plan: PipelinePlan;
  let backup: PipelinePlan;
  let key: string;

  before(async () => {
    [plan, backup] = await Promise.all([defaultPlan(), backupPlan()]);
    key = plan.find("aws:kms/key:Key").outputs["arn"] as string;
  });

  it("let Firehose assume the delivery role, for this account", () => {
    const role = plan.find("aws:iam/role:Role", "web-lake");
    assert.equal(role.inputs["name"], "shop-dev-orders-delivery");
    assert.deepEqual(statementsOf(role, "assumeRolePolicy"), firehoseTrust);
  });

  it("let the delivery role write the lake bucket's two folders, through its key", () => {
    assert.deepEqual(rolePolicy(plan, "lake-write-bucket"), {
      role: "shop-dev-orders-delivery",
      statements: writes("lake", ["data/", "errors/"]),
    });
    assert.deepEqual(rolePolicy(plan, "lake-use-key"), {
      role: "shop-dev-orders-delivery",
      statements: [usesKey(key, "lake")],
    });
  });

  it("let the delivery role read stream and schema and write its error log", () => {
    assert.deepEqual(rolePolicy(plan, "delivery-deliver"), {
      role: "shop-dev-orders-delivery",
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
      role: "shop-dev-orders-delivery",
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

  it("let the backup role write the backup bucket and its own error log", () => {
    const role = backup.find("aws:iam/role:Role", "web-backup");
    assert.equal(role.inputs["name"], "shop-dev-orders-backup");
    assert.deepEqual(statementsOf(role, "assumeRolePolicy"), firehoseTrust);
    assert.deepEqual(rolePolicy(backup, "backup-write-bucket"), {
      role: "shop-dev-orders-backup",
      statements: writes("backup", ["raw/", "errors/"]),
    });
    assert.deepEqual(rolePolicy(backup, "backup-use-key"), {
      role: "shop-dev-orders-backup",
      statements: [usesKey(key, "backup")],
    });
    assert.deepEqual(rolePolicy(backup, "delivery-back-up"), {
      role: "shop-dev-orders-backup",
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

  it("let the account's principals assume the analyst role, or only those that are listed", async () => {
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

  it("let an analyst ask in one workgroup, over one table, and read its own results", () => {
    assert.deepEqual(rolePolicy(plan, "results-write-bucket"), {
      role: "shop-dev-orders-analyst",
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
          Resource: `${bucketArn("results")}/shop-dev-orders/*`,
          Condition: sameAccount,
        },
      ],
    });
  });

  it("let an analyst decrypt the data and encrypt results, through S3 only", () => {
    assert.deepEqual(rolePolicy(plan, "results-use-key"), {
      role: "shop-dev-orders-analyst",
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

  it("are, with those above, all that the roles have", () => {
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

  it("let only this pipeline's alarms publish to its topic", () => {
    const { inputs } = plan.find("aws:sns/topicPolicy:TopicPolicy");
    assert.equal(inputs["arn"], arn("sns", "shop-dev-orders-alarms"));
    assert.deepEqual(statementsOf(plan.find("aws:sns/topicPolicy:TopicPolicy")), [
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: arn("sns", "shop-dev-orders-alarms"),
        Condition: ofAlarms,
      },
    ]);
  });
});

describe("in every policy of a pipeline", () => {
  const policyInputs = ["policy", "assumeRolePolicy"];
  let plans: PipelinePlan[];

  /** All statements, with the resource that has them. */
  const everywhere = () =>
    plans.flatMap((plan) =>
      plan.children.flatMap((resource) =>
        policyInputs
          .filter((input) => typeof resource.inputs[input] === "string")
          .flatMap((input) => statementsOf(resource, input).map((statement) => ({ resource, statement }))),
      ),
    );

  before(async () => {
    plans = await Promise.all([defaultPlan(), backupPlan(), barePlan()]);
  });

  it("an action or a principal with a wildcard stands only where requests without TLS are denied", () => {
    const wild = everywhere().filter(({ statement }) =>
      JSON.stringify([statement.Action, statement.Principal]).includes("*"),
    );
    assert.ok(wild.length > 0);
    for (const { resource, statement } of wild) {
      assert.equal(resource.type, "aws:s3/bucketPolicy:BucketPolicy");
      assert.deepEqual(statement, tlsOnly(nameOf(resource.urn).slice("web-".length)));
    }
  });

  it("every resource is named, but for lists and in a key's own policy", () => {
    const anything = everywhere().filter(({ statement }) => [statement.Resource].flat().includes("*"));
    assert.deepEqual(
      [...new Set(anything.map(({ resource, statement }) => `${resource.type} ${statement.Sid}`))].sort(),
      [
        "aws:iam/rolePolicy:RolePolicy ListOnly",
        "aws:kms/key:Key AccountAdministersAndDelegates",
        "aws:kms/key:Key EncryptAlarms",
        "aws:kms/key:Key EncryptErrorLog",
      ],
    );
  });

  it("each role writes one bucket, and each bucket has one role that writes", () => {
    for (const plan of plans) {
      const pairs = plan.ofType("aws:iam/rolePolicy:RolePolicy").flatMap((resource) =>
        statementsOf(resource)
          .filter(({ Action }) => [Action].flat().some((action) => /^s3:(Put|Delete|Abort)/.test(action)))
          .flatMap(({ Resource }) => [Resource].flat())
          .map((target) => [resource.inputs["role"], target?.split("/")[0]] as const),
      );
      const distinct = [...new Set(pairs.map((pair) => pair.join(" ")))].sort();
      const backup = plan === plans[1] ? [`shop-dev-orders-backup ${bucketArn("backup")}`] : [];
      assert.deepEqual(
        distinct,
        [
          `shop-dev-orders-analyst ${bucketArn("results")}`,
          `shop-dev-orders-delivery ${bucketArn("lake")}`,
          ...backup,
        ].sort(),
      );
    }
  });
});
