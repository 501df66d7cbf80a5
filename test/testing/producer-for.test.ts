import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EventPipeline } from "../../infra/event-pipeline.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { findPipeline } from "../../producer/find-pipeline.ts";
import { producerFor } from "../../producer/index.ts";
import { defineDataset } from "../../schema/dataset.ts";
import { testPipeline } from "../../testing/index.ts";
import { valueOf } from "../helpers/value-of.ts";
import { orders as planned, program } from "../infra/plan-pipeline.ts";
import { temporaryFolder } from "../local/temporary-folder.ts";
import { programHead, writeShop } from "./shop-project.ts";

const orders = defineDataset({
  name: "orders",
  description: "An order.",
  eventTime: "placed",
  eventId: "order_id",
  since: "2026-11-01",
  columns: {
    order_id: { type: "string", description: "Identifies the order.", required: true },
    placed: { type: "timestamp", description: "When it was placed.", required: true },
    total: { type: "double", description: "What it is worth, in euro." },
  },
});
const placed = "2026-11-20T10:00:00Z";

describe("the code of a backend", () => {
  const folder = temporaryFolder();
  const variables = new Set<string>();
  const setEnvironment = (values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) {
      variables.add(name);
      process.env[name] = value;
    }
  };
  afterEach(() => {
    for (const name of variables) delete process.env[name];
  });

  it("sends to a test pipeline as it is: by stream, by HTTP and by Direct PUT", async () => {
    await writeShop(folder(), {
      program: `${programHead()}
new EventPipeline("web", { ...args, httpIngest: true });
new EventPipeline("direct", { ...args, source: "DIRECT_PUT" });`,
    });
    await using web = await testPipeline({ folder: folder(), pipeline: "web" });
    setEnvironment(web.environment);
    for (const via of [undefined, "http"] as const) {
      const producer = await producerFor(orders, { pipeline: "web", via });
      await producer.send({ order_id: String(via), placed, total: 2 });
      // @ts-expect-error total is a number
      await assert.rejects(producer.send({ order_id: "x", placed, total: "2" }), {
        name: "InvalidEventError",
      });
      assert.equal((await producer.close()).delivered, 1);
    }
    assert.deepEqual(await web.query("revenue"), [{ orders: 2, revenue: 4 }]);

    await using direct = await testPipeline({ folder: folder(), pipeline: "direct" });
    setEnvironment(direct.environment);
    const producer = await producerFor(orders, { pipeline: "direct" });
    await producer.send({ order_id: "a", placed, total: 1 });
    await producer.close();
    assert.deepEqual(await direct.query("revenue"), [{ orders: 1, revenue: 1 }]);
    await assert.rejects(
      producerFor(orders, { pipeline: "direct", via: "http" }),
      /"direct" has no HTTP API/,
    );
    await assert.rejects(producerFor(orders), /several pipelines carry the dataset "orders".*: web, direct/);
  });

  it("finds its pipeline by the variables that the program gives it", async () => {
    let environment: Record<string, string> = {};
    await recordResources(program, async () => {
      const args = { dataset: planned, owner: "shop", costCenter: "4711" };
      environment = await valueOf(pulumi.output(new EventPipeline("web-shop", args).environment));
    });
    assert.deepEqual(Object.keys(environment), ["SLUICE_PIPELINE_WEB_SHOP"]);
    setEnvironment(environment);
    const { pipeline } = await findPipeline("orders", {});
    assert.deepEqual(
      [pipeline.name, pipeline.streamName, pipeline.region],
      ["web-shop", "shop-dev-web-shop", "eu-central-1"],
    );
  });
});
