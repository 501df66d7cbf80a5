import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nameOf } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { root } from "../helpers/sources.ts";
import { PipelinePlan } from "./plan-pipeline.ts";

/** What a stack decides, read from the clickstream's resources of its plan. */
async function decisionsOf(stack: string): Promise<Record<string, unknown>> {
  const plan = new PipelinePlan(await evaluateStack({ stack }));
  const stream = plan.find("aws:kinesis/stream:Stream", "clickstream-stream");
  const lake = plan.find("aws:s3/bucket:Bucket", "clickstream-lake");
  const delivery = plan.find(
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    "clickstream-delivery",
  );
  const { bufferingSize, bufferingInterval } = delivery.inputs["extendedS3Configuration"] as Record<
    string,
    unknown
  >;
  const rule = (bucket: string) => {
    const { inputs } = plan.find("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", bucket);
    return (inputs["rules"] as { expiration?: { days: number }; transitions?: { days: number }[] }[])[0];
  };
  const { bytesScannedCutoffPerQuery } = plan.find("aws:athena/workgroup:Workgroup", "clickstream-queries")
    .inputs["configuration"] as Record<string, unknown>;
  const isProtected = plan.resources.filter(({ protect }) => protect).map(({ type }) => type);
  return {
    streamMode: (stream.inputs["streamModeDetails"] as Record<string, unknown>)["streamMode"],
    shardCount: stream.inputs["shardCount"],
    retentionHours: stream.inputs["retentionPeriod"],
    bufferingSize,
    bufferingInterval,
    protected: ["aws:kms/key:Key", "aws:kinesis/stream:Stream", "aws:s3/bucket:Bucket"].map((type) =>
      isProtected.includes(type),
    ),
    forceDestroy: lake.inputs["forceDestroy"],
    versioned: plan
      .ofType("aws:s3/bucketVersioning:BucketVersioning")
      .some(({ urn }) => nameOf(urn) === "clickstream-lake"),
    expiryDays: rule("clickstream-lake")?.expiration?.days,
    tieringDays: rule("clickstream-lake")?.transitions?.[0]?.days,
    resultExpiryDays: rule("clickstream-results")?.expiration?.days,
    accessLogs: plan.ofType("aws:s3/bucketLogging:BucketLogging").length > 0,
    bytesScannedCutoffPerQuery,
    logRetentionDays: plan.find("aws:cloudwatch/logGroup:LogGroup", "clickstream-delivery").inputs[
      "retentionInDays"
    ],
    environment: (stream.inputs["tags"] as Record<string, string>)["environment"],
    dataClassification: (stream.inputs["tags"] as Record<string, string>)["data-classification"],
  };
}

describe("sluice's own stacks", () => {
  it("dev is small, quick and can be thrown away", async () => {
    assert.deepEqual(await decisionsOf("dev"), {
      streamMode: "PROVISIONED",
      shardCount: 1,
      retentionHours: 24,
      bufferingSize: 64,
      bufferingInterval: 60,
      protected: [false, false, false],
      forceDestroy: true,
      versioned: false,
      expiryDays: 30,
      tieringDays: undefined,
      resultExpiryDays: 7,
      accessLogs: false,
      bytesScannedCutoffPerQuery: 10 * 1024 ** 3,
      logRetentionDays: 14,
      environment: "dev",
      dataClassification: "internal",
    });
  });

  it("prod follows the traffic, keeps longer and is protected", async () => {
    assert.deepEqual(await decisionsOf("prod"), {
      streamMode: "ON_DEMAND",
      shardCount: undefined,
      retentionHours: 168,
      bufferingSize: 128,
      bufferingInterval: 300,
      protected: [true, true, true],
      forceDestroy: false,
      versioned: true,
      expiryDays: 730,
      tieringDays: 90,
      resultExpiryDays: 30,
      accessLogs: true,
      bytesScannedCutoffPerQuery: 100 * 1024 ** 3,
      logRetentionDays: 365,
      environment: "prod",
      dataClassification: "confidential",
    });
  });

  it("are each in one account's names, which never meet another stack's", async () => {
    const [dev, prod] = await Promise.all(["dev", "prod"].map((stack) => evaluateStack({ stack })));
    const names = (plan: typeof dev) =>
      plan?.deployment.resources.flatMap(({ type, inputs }) =>
        /:(Bucket|Stream|Role|Workgroup|CatalogDatabase|LogGroup|MetricAlarm)$/.test(type)
          ? [`${type} ${String(inputs["bucket"] ?? inputs["name"])}`]
          : [],
      ) ?? [];
    const both = new Set(names(dev));
    assert.ok(both.size > 0);
    assert.deepEqual(
      names(prod).filter((name) => both.has(name)),
      [],
    );
  });

  for (const stack of ["dev", "prod"]) {
    it(`${stack} fits on one screen`, () => {
      const lines = readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")
        .trimEnd()
        .split("\n");
      assert.ok(lines.length <= 40, `${lines.length} lines`);
    });
  }
});
