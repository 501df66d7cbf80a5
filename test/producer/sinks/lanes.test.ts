import assert from "node:assert/strict";
import { Lanes, partitionKeyBytes } from "../../../producer/sinks/lanes.ts";

/** Two shards, by the first digit of the key. */
const shardOf = (key: string) => `shard-${Number.parseInt(key[0] ?? "0", 16) % 2}`;

async function learned(): Promise<Lanes> {
  const lanes = new Lanes({ random: () => 1, baseMilliseconds: 60_000, capMilliseconds: 60_000 });
  for (const lane of await lanes.choose(128)) lanes.succeeded(lane, shardOf(lane.partitionKey));
  return lanes;
}

describe("lanes", () => {
  it("spread records evenly over random partition keys", async () => {
    const keys = (await new Lanes().choose(1280)).map(({ partitionKey }) => partitionKey);
    assert.equal(new Set(keys).size, 128);
    assert.ok(keys.every((key) => key.length === partitionKeyBytes));
  });

  it("leave out all keys of a shard that throttled one, and go on with the others", async () => {
    const lanes = await learned();
    const [throttled] = await lanes.choose(1);
    assert.ok(throttled);
    lanes.throttled(throttled);
    const shards = new Set((await lanes.choose(500)).map(({ partitionKey }) => shardOf(partitionKey)));
    assert.deepEqual([...shards], [shardOf(throttled.partitionKey) === "shard-0" ? "shard-1" : "shard-0"]);
  });

  it("wait while all shards throttle, and use a shard again after its pause", async () => {
    const lanes = new Lanes({ random: () => 1, baseMilliseconds: 5 });
    for (const lane of await lanes.choose(128)) lanes.throttled(lane);
    const before = Date.now();
    assert.equal((await lanes.choose(1)).length, 1);
    assert.ok(Date.now() - before >= 1);
  });

  it("pause longer each time in a row, until a record gets through", async () => {
    const pauses: number[] = [];
    const lanes = new Lanes({ random: () => 1, baseMilliseconds: 2, capMilliseconds: 100 });
    const [lane] = await lanes.choose(1);
    assert.ok(lane);
    for (let n = 0; n < 4; n++) {
      if (n === 3) lanes.succeeded(lane, undefined);
      lane.pausedUntil = 0;
      const now = Date.now();
      lanes.throttled(lane);
      pauses.push(Math.round(lane.pausedUntil - now));
    }
    assert.ok(pauses[1]! > pauses[0]! && pauses[2]! > pauses[1]! && pauses[3]! < pauses[2]!, String(pauses));
  });
});
