import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EventPipeline } from "../../infra/event-pipeline.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { valueOf } from "../helpers/value-of.ts";
import { account, orders, program, region } from "./plan-pipeline.ts";

describe("a pipeline's outputs", () => {
  it("name where to send and where to query", async () => {
    let outputs: unknown;
    await recordResources(program, async () => {
      const pipeline = new EventPipeline("web", { dataset: orders, owner: "shop", costCenter: "4711" });
      outputs = await valueOf(pulumi.output(pipeline.outputs));
    });
    assert.deepEqual(outputs, {
      name: "web",
      dataset: "orders",
      region,
      streamName: "shop-dev-web",
      deliveryStreamName: "shop-dev-web",
      lakeBucketName: `shop-dev-web-lake-${account}`,
      databaseName: "shop_dev_web",
      tableName: "orders",
      workgroupName: "shop-dev-web",
      analystRoleArn: `arn:aws:iam::${account}:role/shop-dev-web-analyst`,
    });
  });

  it("that fail, fail whoever waits for them", async () => {
    await assert.rejects(
      recordResources(program, () =>
        valueOf(
          pulumi.output(1).apply(() => {
            throw new Error("no such thing");
          }),
        ),
      ),
      /no such thing/,
    );
  });
});
