import assert from "node:assert/strict";
import { GetQueryResultsCommand, ListWorkGroupsCommand, type AthenaClient } from "@aws-sdk/client-athena";
import { writeVisits } from "./lake-fixture.ts";
import {
  dailyProjection,
  database,
  planOf,
  resource,
  table,
  visitColumns,
  visits,
  workgroup,
} from "./plan-fixture.ts";
import { RunningAthena } from "./running-athena.ts";

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;

const policy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: [
        "athena:StartQueryExecution",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:StopQueryExecution",
      ],
      Resource: arn("athena", "workgroup/analysts"),
    },
    {
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetTable"],
      Resource: [arn("glue", "catalog"), arn("glue", "database/shop"), arn("glue", "table/shop/visits")],
    },
    { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: "arn:aws:s3:::lake" },
    {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::lake/visits/*",
      Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": "athena.amazonaws.com" } },
    },
    {
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: "arn:aws:s3:::results",
    },
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      Resource: "arn:aws:s3:::results/analysts/*",
    },
  ],
};

const role = {
  ...resource("aws:iam/role:Role", "analyst", {
    name: "analyst",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "sts:AssumeRole" },
      ],
    }),
  }),
  outputs: { arn: "arn:aws:iam::123456789012:role/analyst" },
};

const plan = planOf(
  database,
  visits,
  table("payments", {
    columns: visitColumns,
    partitionKeys: { dt: "string" },
    parameters: dailyProjection("payments"),
  }),
  workgroup("analysts"),
  workgroup("finance"),
  resource("aws:s3/bucket:Bucket", "lake", { bucket: "lake" }),
  resource("aws:s3/bucket:Bucket", "results", { bucket: "results" }),
  role,
  resource("aws:iam/rolePolicy:RolePolicy", "analyst", { role: "analyst", policy: JSON.stringify(policy) }),
);

describe("a caller of the local Athena", () => {
  let athena: RunningAthena;
  let analyst: AthenaClient;

  before(async () => {
    athena = await RunningAthena.start(plan);
    await writeVisits(athena);
    analyst = athena.clientOf("analyst");
  });
  after(async () => {
    analyst.destroy();
    await athena[Symbol.asyncDispose]();
  });

  const denied = { name: "AccessDeniedException" };

  it("whose key names a role may do what the role's policy allows", async () => {
    const id = await athena.start(
      "SELECT path FROM visits WHERE dt = '2026-01-01' ORDER BY path",
      {},
      analyst,
    );
    assert.equal((await athena.finished(id, analyst)).Status?.State, "SUCCEEDED");
    const { ResultSet } = await analyst.send(new GetQueryResultsCommand({ QueryExecutionId: id }));
    assert.equal(ResultSet?.Rows?.length, 3);
  });

  it("with a role is denied another workgroup, in AWS's words", async () => {
    await assert.rejects(athena.start("SELECT 1", { WorkGroup: "finance" }, analyst), {
      ...denied,
      message:
        "User: arn:aws:sts::123456789012:assumed-role/analyst/sluice is not authorized to perform: athena:StartQueryExecution " +
        "on resource: arn:aws:athena:eu-central-1:123456789012:workgroup/finance because no identity-based policy allows the " +
        "athena:StartQueryExecution action",
    });
  });

  it("with a role is denied another table", async () => {
    const { Status } = await athena.finished(
      await athena.start("SELECT count(*) FROM payments", {}, analyst),
      analyst,
    );
    assert.equal(Status?.State, "FAILED");
    assert.match(
      Status.StateChangeReason ?? "",
      /AccessDeniedException.* not authorized to perform: glue:GetTable on resource: .*table\/shop\/payments/,
    );
  });

  it("with a role is denied another table's columns", async () => {
    const { Status } = await athena.finished(await athena.start("DESCRIBE payments", {}, analyst), analyst);
    assert.match(Status?.StateChangeReason ?? "", /AccessDeniedException.* glue:GetTable/);
  });

  it("with a role is denied operations that its policy does not name", async () => {
    await assert.rejects(analyst.send(new ListWorkGroupsCommand({})), denied);
  });

  it("with a role is denied results of another workgroup", async () => {
    const { QueryExecutionId } = await athena.run("SELECT 1", { WorkGroup: "finance" });
    await assert.rejects(analyst.send(new GetQueryResultsCommand({ QueryExecutionId })), denied);
  });

  it("with any other key is the account's administrator", async () => {
    assert.deepEqual(await athena.rows("SELECT count(*) FROM payments", { WorkGroup: "finance" }), [["0"]]);
  });
});
