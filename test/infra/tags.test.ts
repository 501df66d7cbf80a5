import assert from "node:assert/strict";
import type { PlannedResource } from "../../plan/deployment.ts";
import { isTaggable } from "../engine/taggable.ts";
import { backupPlan, defaultPlan, planPipeline } from "./plan-pipeline.ts";

const tags = {
  project: "shop",
  environment: "dev",
  owner: "web-team",
  "cost-center": "4711",
  "data-classification": "internal",
  pipeline: "web",
};

const custom = (resources: readonly PlannedResource[]) => resources.filter((resource) => resource.custom);

describe("the tags of a pipeline", () => {
  it("are on every resource that takes tags, the same on each, and on no other", async () => {
    for (const plan of [await defaultPlan(), await backupPlan()]) {
      for (const { type, urn, inputs } of custom(plan.children)) {
        assert.deepEqual(inputs["tags"], isTaggable(type) ? tags : undefined, urn);
      }
    }
  });

  it("are expected where the SDK's class takes them", async () => {
    const types = [...new Set(custom((await backupPlan()).children).map(({ type }) => type))].sort();
    assert.deepEqual(types.filter(isTaggable), [
      "aws:athena/workgroup:Workgroup",
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "aws:glue/catalogDatabase:CatalogDatabase",
      "aws:iam/role:Role",
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      "aws:kinesis/stream:Stream",
      "aws:kms/key:Key",
      "aws:s3/bucket:Bucket",
      "aws:sns/topic:Topic",
    ]);
  });

  it("follow the settings, and take more of the user's own", async () => {
    const plan = await planPipeline({
      environment: "staging",
      dataClassification: "confidential",
      tags: { team: "web", "aws-lookalike": "yes" },
    });
    assert.deepEqual(plan.find("aws:kinesis/stream:Stream").inputs["tags"], {
      ...tags,
      environment: "staging",
      "data-classification": "confidential",
      team: "web",
      "aws-lookalike": "yes",
    });
  });
});
