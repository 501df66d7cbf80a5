import assert from "node:assert/strict";
import { Random, Zipf } from "../../../schema/sample/random.ts";

describe("seeded numbers", () => {
  it("are spread evenly", () => {
    const random = new Random(1);
    const bins = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) bins[random.integer(0, 9)]! += 1;
    assert.ok(
      bins.every((bin) => bin > 900 && bin < 1100),
      String(bins),
    );
  });

  it("differ between seeds that differ little", () => {
    assert.notEqual(new Random("1").next(), new Random("2").next());
  });

  it("weigh choices", () => {
    const random = new Random(2);
    const picked = Array.from({ length: 1000 }, () =>
      random.weighted([["a", 9] as const, ["b", 1] as const]),
    );
    const share = picked.filter((choice) => choice === "b").length / 1000;
    assert.ok(share > 0.07 && share < 0.13);
  });

  it("give ranks by Zipf's law: the first twice as often as the second", () => {
    const [random, zipf] = [new Random(3), new Zipf(100, 1)];
    const ranks = Array.from({ length: 20_000 }, () => zipf.rank(random));
    const count = (rank: number) => ranks.filter((other) => other === rank).length;
    assert.ok(Math.abs(count(0) / count(1) - 2) < 0.2);
    assert.ok(Math.max(...ranks) < 100 && Math.min(...ranks) === 0);
  });

  it("cannot pick from nothing", () => {
    assert.throws(() => new Random(1).pick([]), /at least one choice/);
  });
});
