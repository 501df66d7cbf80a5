import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  nameOf,
  unknownValue,
  type DeploymentDocument,
  type PlannedResource,
} from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { root } from "../helpers/sources.ts";

/** Type and property of each value that is unknown. */
function unknownProperties(plan: DeploymentDocument, side: "inputs" | "outputs"): string[] {
  const found = plan.deployment.resources.flatMap((resource) =>
    Object.entries(resource[side])
      .filter(([, value]) => JSON.stringify(value).includes(unknownValue))
      .map(([property]) => `${resource.type} ${property}`),
  );
  return [...new Set(found)].sort();
}

function lineOf(file: string, text: string): number {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

describe("sluice's own program", () => {
  let plan: DeploymentDocument;
  let again: DeploymentDocument;
  let preview: DeploymentDocument;
  const find = (type: string, name: string): PlannedResource => {
    const found = plan.deployment.resources.find((r) => r.type === type && nameOf(r.urn) === name);
    assert.ok(found, `${type} ${name}`);
    return found;
  };

  before(async () => {
    [plan, again, preview] = await Promise.all([
      evaluateStack({ stack: "prod" }),
      evaluateStack({ stack: "prod" }),
      evaluateStack({ stack: "prod", unknowns: true }),
    ]);
  });

  it("gives the same plan each time", () => {
    assert.deepEqual(again, plan);
  });

  it("gives a plan that is the same after a way through JSON", () => {
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
  });

  it("has each URN once, and names only URNs that are there", () => {
    const { resources } = plan.deployment;
    const urns = new Set(resources.map(({ urn }) => urn));
    assert.equal(urns.size, resources.length);
    const named = resources.flatMap((resource) => [
      ...(resource.parent === undefined ? [] : [resource.parent]),
      ...(resource.provider === undefined ? [] : [resource.provider.replace(/::[^:]+$/, "")]),
      ...(resource.dependencies ?? []),
      ...Object.values(resource.propertyDependencies ?? {}).flat(),
    ]);
    assert.deepEqual(
      named.filter((urn) => !urns.has(urn)),
      [],
    );
  });

  it("depends on whatever one of its inputs comes from", () => {
    for (const { urn, dependencies, propertyDependencies } of plan.deployment.resources) {
      const sources = Object.values(propertyDependencies ?? {}).flat();
      assert.deepEqual(
        sources.filter((source) => !dependencies?.includes(source)),
        [],
        urn,
      );
    }
  });

  it("names the line of the program, and of the part, where a resource is declared", () => {
    const pipeline = find("sluice:pipeline:EventPipeline", "clickstream");
    const line = lineOf("infra/index.ts", "new EventPipeline(");
    assert.match(pipeline.sourcePosition ?? "", new RegExp(`^project:///infra/index\\.ts#${line},\\d+$`));
    for (const [type, name, file] of [
      ["aws:kms/key:Key", "clickstream-key", "encryption-key"],
      ["aws:kinesis/stream:Stream", "clickstream-stream", "event-stream"],
      ["aws:s3/bucketPolicy:BucketPolicy", "clickstream-lake", "lake-bucket"],
      ["aws:glue/catalogTable:CatalogTable", "clickstream-table", "lake-table"],
      ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "clickstream-delivery", "delivery"],
      ["aws:athena/workgroup:Workgroup", "clickstream-queries", "query-workgroup"],
      ["aws:sns/topic:Topic", "clickstream-alarms", "alarms"],
    ] as const) {
      const { sourcePosition } = find(type, name);
      assert.match(sourcePosition ?? "", new RegExp(`^project:///infra/parts/${file}\\.ts#\\d+,\\d+$`));
    }
  });

  it("names the program's calls that led to a resource, and none of the evaluation's", () => {
    const files = plan.deployment.resources.flatMap(({ stackTrace }) =>
      (stackTrace ?? []).map(({ sourcePosition }) => sourcePosition?.replace(/#.*$/, "")),
    );
    assert.ok(files.includes("project:///infra/index.ts"));
    assert.deepEqual(
      files.filter((file) => !file?.startsWith("project:///infra/")),
      [],
    );
  });

  it("exports where each dataset's producers and analysts find its pipeline", () => {
    const { pipelines } = find("pulumi:pulumi:Stack", "sluice-prod").outputs as {
      pipelines: Record<string, unknown>;
    };
    assert.deepEqual(pipelines["risk-event"], {
      name: "risk-event",
      dataset: "risk-event",
      region: "eu-central-1",
      streamName: "sluice-prod-risk-event",
      deliveryStreamName: "sluice-prod-risk-event",
      lakeBucketName: "sluice-prod-risk-event-lake-123456789012",
      databaseName: "sluice_prod_risk_event",
      tableName: "risk_event",
      workgroupName: "sluice-prod-risk-event",
      analystRoleArn: "arn:aws:iam::123456789012:role/sluice-prod-risk-event-analyst",
    });
  });

  it("knows in a preview all but what hangs on a KMS key", () => {
    const inputs = [
      "aws:athena/workgroup:Workgroup configuration",
      "aws:cloudwatch/logGroup:LogGroup kmsKeyId",
      "aws:iam/rolePolicy:RolePolicy policy",
      "aws:kinesis/stream:Stream kmsKeyId",
      "aws:kms/alias:Alias targetKeyId",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration rules",
      "aws:sns/topic:Topic kmsMasterKeyId",
    ];
    assert.deepEqual(unknownProperties(preview, "inputs"), inputs);
    assert.deepEqual(unknownProperties(preview, "outputs"), [...inputs, "sluice:pipeline:EncryptionKey arn"]);
    assert.deepEqual(unknownProperties(plan, "inputs"), []);
  });

  it("knows in a preview every policy of a role but those about the key", () => {
    const policies = preview.deployment.resources.filter(
      ({ type }) => type === "aws:iam/rolePolicy:RolePolicy",
    );
    const unknown = policies.filter(({ inputs }) => inputs["policy"] === unknownValue);
    assert.deepEqual([...new Set(unknown.map(({ inputs }) => inputs["name"]))].sort(), [
      "decrypt-stream",
      "use-key",
    ]);
    assert.ok(unknown.length < policies.length);
  });

  it("declares in a preview the same resources as after an update", () => {
    const urns = (document: DeploymentDocument) => document.deployment.resources.map(({ urn }) => urn).sort();
    assert.deepEqual(urns(preview), urns(plan));
  });
});
