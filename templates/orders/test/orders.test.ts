import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testPipeline } from "sluice/testing";
import type { Order } from "../datasets/orders.ts";

// The program's own pipeline, on the emulator.
const pipeline = await testPipeline();
after(() => pipeline.close());

test("an order that is delivered twice counts once", async () => {
  const order: Order = {
    order_id: "A-1",
    placed_at: "2026-11-20T10:00:00Z",
    channel: "web",
    customer: { id: "C-1", country: "DE" },
    items: [
      { product: "lamp", quantity: 2, price: 19.9 },
      { product: "bulb", quantity: 1, price: 4.5 },
    ],
  };
  await pipeline.send([order, order]);
  assert.equal((await pipeline.counts()).rows, 2);
  assert.deepEqual(await pipeline.query("revenue_per_day"), [
    { day: "2026-11-20", orders: 1, revenue: 44.3 },
  ]);
  assert.deepEqual(await pipeline.query("duplicates"), [{ order_id: "A-1", copies: 2 }]);
});
