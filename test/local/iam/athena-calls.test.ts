import assert from "node:assert/strict";
import { operationCalls, queryCalls, readResultCalls, type Query } from "../../../local/iam/athena-calls.ts";
import { createAuthorizer } from "../../../local/iam/authorizer.ts";
import { account, planOf, role } from "./plan-of.ts";
import { analystStatements, glue, keyArn, samplePipeline, type SampleChanges } from "./sample-pipeline.ts";

const clicks: Query = {
  workgroup: "analysts",
  tables: [{ database: "web", table: "clicks" }],
  prepared: true,
  resultLocation: "s3://results/analysts/id.csv",
};

function evaluate(query: Partial<Query> = {}, changes: SampleChanges = {}): void {
  const analyst = { plan: samplePipeline(changes), role: "analyst" };
  const { resultLocation, workgroup, ...rest } = { ...clicks, ...query };
  createAuthorizer(analyst.plan).authorizeAll([
    ...queryCalls(analyst, { resultLocation, workgroup, ...rest }),
    ...readResultCalls(analyst, workgroup, resultLocation),
  ]);
}

describe("what a query calls", () => {
  it("is allowed by the permissions that Athena's guide lists", () => {
    evaluate();
    evaluate({ objects: ["s3://lake/data/dt=2026-11-20/a.parquet"], prepared: false });
  });

  for (const [name, denied] of [
    ["workgroup", /athena:StartQueryExecution on resource: .*:workgroup\/analysts/],
    ["schema", /glue:GetDatabase on resource: .*:catalog/],
    ["find", /s3:GetBucketLocation on resource: arn:aws:s3:::lake/],
    ["list", /s3:ListBucket on resource: arn:aws:s3:::lake/],
    ["read", /s3:GetObject on resource: arn:aws:s3:::lake\/data\/object/],
    ["readKey", /kms:Decrypt on resource: .*:key\/1/],
    ["listResults", /s3:ListBucket on resource: arn:aws:s3:::results/],
    ["results", /s3:PutObject on resource: arn:aws:s3:::results\/analysts\/id.csv/],
    ["resultsKey", /kms:GenerateDataKey on resource: .*:key\/1/],
  ] as const) {
    it(`is denied without the permission "${name}"`, () => {
      const { [name]: _left, ...others } = analystStatements;
      assert.throws(() => evaluate({}, { analyst: Object.values(others) }), denied);
    });
  }

  it("is denied in another workgroup, on another table, of another folder", () => {
    assert.throws(
      () => evaluate({ workgroup: "primary" }),
      /StartQueryExecution on resource: .*:workgroup\/primary/,
    );
    assert.throws(
      () => evaluate({ tables: [{ database: "web", table: "orders" }] }),
      /glue:GetTable on resource: .*table\/web\/orders/,
    );
    assert.throws(
      () => evaluate({ tables: [{ database: "hr", table: "pay" }] }),
      /glue:GetDatabase on resource: .*database\/hr/,
    );
    assert.throws(
      () => evaluate({ objects: ["s3://lake/errors/a"] }),
      /s3:GetObject on resource: arn:aws:s3:::lake\/errors\/a/,
    );
    assert.throws(
      () => evaluate({ resultLocation: "s3://results/others/id.csv" }),
      /s3:PutObject on resource: arn:aws:s3:::results\/others/,
    );
  });

  it("may read the lake, which the analyst may not", () => {
    const call = { role: "analyst", action: "s3:GetObject", resource: "arn:aws:s3:::lake/data/a" };
    assert.equal(createAuthorizer(samplePipeline()).authorize(call).decision, "implicitDeny");
  });

  it("asks Glue for partitions where there is no projection", () => {
    assert.throws(() => evaluate({}, { table: { parameters: {} } }), /glue:GetPartitions on resource/);
    evaluate({}, { table: { parameters: {}, partitionKeys: [] } });
  });

  it("encrypts results with the workgroup's key", () => {
    const plan = samplePipeline();
    const workgroup = plan.deployment.resources.find(({ type }) => type === "aws:athena/workgroup:Workgroup");
    assert.ok(workgroup);
    workgroup.inputs["configuration"] = {
      resultConfiguration: { encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyArn } },
    };
    const put = queryCalls({ plan, role: "analyst" }, clicks).find(({ action }) => action === "s3:PutObject");
    assert.equal(put?.context?.["s3:x-amz-server-side-encryption-aws-kms-key-id"], keyArn);
  });

  it("can't be told from a location that is none", () => {
    assert.throws(() => evaluate({ resultLocation: "/tmp/x" }), /"\/tmp\/x" is no S3 location/);
    assert.throws(
      () => evaluate({}, { table: { storageDescriptor: {} } }),
      /CatalogTable "clicks":\n.*location/s,
    );
    const plan = samplePipeline();
    for (const { type, inputs } of plan.deployment.resources)
      if (type.endsWith(":Workgroup")) inputs["configuration"] = "";
    assert.throws(() => queryCalls({ plan, role: "analyst" }, clicks), /Workgroup "analysts":\n/);
  });
});

describe("an operation of Athena's API", () => {
  const calls = (operation: string, database?: string, table?: string) =>
    operationCalls(
      { plan: samplePipeline(), role: "analyst" },
      { operation, ...(database && { database }), ...(table && { table }) },
    ).map(({ action, resource }) => `${action} ${resource}`);
  const athena = `arn:aws:athena:eu-west-1:${account}`;

  for (const [operation, resource] of [
    ["GetWorkGroup", `${athena}:workgroup/primary`],
    ["GetDataCatalog", `${athena}:datacatalog/AwsDataCatalog`],
    ["ListWorkGroups", "*"],
  ] as const) {
    it(`${operation} is about ${resource}`, () => {
      assert.deepEqual(calls(operation), [`athena:${operation} ${resource}`]);
    });
  }

  it("about a table asks Glue for the table", () => {
    assert.deepEqual(calls("GetTableMetadata", "web", "clicks"), [
      `athena:GetTableMetadata ${athena}:datacatalog/AwsDataCatalog`,
      `glue:GetTable ${glue}:catalog`,
      `glue:GetTable ${glue}:database/web`,
      `glue:GetTable ${glue}:table/web/clicks`,
    ]);
  });

  it("can't be told where nothing tells the region", () => {
    assert.throws(
      () =>
        operationCalls({ plan: planOf(...role("analyst")), role: "analyst" }, { operation: "GetWorkGroup" }),
      /in which region/,
    );
  });
});
