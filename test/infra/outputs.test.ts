import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EventPipeline } from "../../infra/event-pipeline.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { valueOf } from "../helpers/value-of.ts";
import { account, orders, program, region } from "./plan-pipeline.ts";

describe("a pipeline's outputs", () => {
  it("name where to send and where to ask", async () => {
    let outputs: unknown;
    await recordResources(program, async () => {
      const pipeline = new EventPipeline("web", { dataset: orders, owner: "shop", costCenter: "4711" });
      outputs = await valueOf(pulumi.output(pipeline.outputs));
    });
    assert.deepEqual(outputs, {
      region,
      streamName: "shop-dev-orders",
      deliveryStreamName: "shop-dev-orders",
      lakeBucketName: `shop-dev-orders-lake-${account}`,
      databaseName: "shop_dev_orders",
      tableName: "orders",
      workgroupName: "shop-dev-orders",
      analystRoleArn: `arn:aws:iam::${account}:role/shop-dev-orders-analyst`,
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
