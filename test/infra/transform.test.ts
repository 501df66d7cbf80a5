import assert from "node:assert/strict";
import type { Transforms } from "../../infra/transforms.ts";
import { nameOf, type PlannedResource } from "../../plan/deployment.ts";
import { planPipeline } from "./plan-pipeline.ts";

interface Change {
  resource: string;
  transform: Transforms;
  changed: object;
}

/** Each child that can be transformed, with the type and name of its resource and a change. */
const changes: Record<keyof Transforms, Change> = {
  key: {
    resource: "aws:kms/key:Key web-key",
    transform: { key: (args) => void (args.multiRegion = true) },
    changed: { multiRegion: true },
  },
  stream: {
    resource: "aws:kinesis/stream:Stream web-stream",
    transform: { stream: (args) => void (args.shardLevelMetrics = ["IteratorAgeMilliseconds"]) },
    changed: { shardLevelMetrics: ["IteratorAgeMilliseconds"] },
  },
  deliveryStream: {
    resource: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream web-delivery",
    transform: { deliveryStream: (args) => void (args.destinationId = "d-1") },
    changed: { destinationId: "d-1" },
  },
  lakeBucket: {
    resource: "aws:s3/bucket:Bucket web-lake",
    transform: { lakeBucket: (args) => void (args.objectLockEnabled = true) },
    changed: { objectLockEnabled: true },
  },
  backupBucket: {
    resource: "aws:s3/bucket:Bucket web-backup",
    transform: { backupBucket: (args) => void (args.objectLockEnabled = true) },
    changed: { objectLockEnabled: true },
  },
  resultsBucket: {
    resource: "aws:s3/bucket:Bucket web-results",
    transform: { resultsBucket: (args) => void (args.objectLockEnabled = true) },
    changed: { objectLockEnabled: true },
  },
  accessLogsBucket: {
    resource: "aws:s3/bucket:Bucket web-access-logs",
    transform: { accessLogsBucket: (args) => void (args.objectLockEnabled = true) },
    changed: { objectLockEnabled: true },
  },
  table: {
    resource: "aws:glue/catalogTable:CatalogTable web-table",
    transform: { table: (args) => void (args.retention = 7) },
    changed: { retention: 7 },
  },
  httpApi: {
    resource: "aws:apigateway/restApi:RestApi web-http",
    transform: { httpApi: (args) => void (args.minimumCompressionSize = "1024") },
    changed: { minimumCompressionSize: "1024" },
  },
  httpStage: {
    resource: "aws:apigateway/stage:Stage web-http",
    transform: { httpStage: (args) => void (args.xrayTracingEnabled = true) },
    changed: { xrayTracingEnabled: true },
  },
  workgroup: {
    resource: "aws:athena/workgroup:Workgroup web-queries",
    transform: { workgroup: (args) => void (args.state = "DISABLED") },
    changed: { state: "DISABLED" },
  },
};

const byName = (resources: readonly PlannedResource[]) =>
  new Map(resources.map((resource) => [`${resource.type} ${nameOf(resource.urn)}`, resource]));

describe("a transform", () => {
  let untouched: Map<string, PlannedResource>;

  before(async () => {
    untouched = byName((await planPipeline({ rawBackup: true, httpIngest: true })).resources);
  });

  for (const [child, { resource, transform, changed }] of Object.entries(changes)) {
    it(`of ${child} changes that child and no other`, async () => {
      const plan = byName((await planPipeline({ rawBackup: true, httpIngest: true, transform })).resources);
      assert.deepEqual([...plan.keys()].sort(), [...untouched.keys()].sort());
      for (const [name, { inputs, dependencies, protect }] of plan) {
        const before = untouched.get(name)!;
        assert.deepEqual(inputs, { ...before.inputs, ...(name === resource ? changed : {}) }, name);
        assert.deepEqual([dependencies, protect], [before.dependencies, before.protect], name);
      }
    });
  }

  it("may change a child's options too", async () => {
    const transform: Transforms = { stream: (_args, opts) => void (opts.protect = true) };
    const protectedOnes = (await planPipeline({ transform })).resources.filter(({ protect }) => protect);
    assert.deepEqual(
      protectedOnes.map(({ type }) => type),
      ["aws:kinesis/stream:Stream"],
    );
  });
});
