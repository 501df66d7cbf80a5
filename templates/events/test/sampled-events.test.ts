import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testPipeline } from "sluice/testing";

// The program's own pipeline, on the emulator.
const pipeline = await testPipeline();
after(() => pipeline.close());

test("every event becomes a row, and one that is delivered twice is found", async () => {
  const events = await pipeline.sample(100);
  await pipeline.send([...events, events[0]!]);
  assert.equal((await pipeline.counts()).rows, 101);
  const duplicates = await pipeline.query("duplicates");
  assert.deepEqual(duplicates, [{ id: events[0]!["sampled_id"], copies: 2 }]);
});
