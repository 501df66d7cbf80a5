import assert from "node:assert/strict";
import fc from "fast-check";
import { billedBytesOf, costAtMost, costOf } from "../../../athena/client/billing.ts";
import { priceIn } from "../../../athena/client/price.ts";

const succeeded = { state: "SUCCEEDED", statementType: "DML", reused: false } as const;

describe("what a query costs", () => {
  it("is billed as 10 MB at least, and rounded up to a MB", () => {
    assert.equal(billedBytesOf(0), 10_000_000);
    assert.equal(billedBytesOf(10_000_000), 10_000_000);
    assert.equal(billedBytesOf(10_000_001), 11_000_000);
    fc.assert(
      fc.property(fc.nat(2 ** 40), (bytes) => {
        const billed = billedBytesOf(bytes);
        assert.ok(billed >= bytes && billed >= 10_000_000 && billed % 1_000_000 === 0);
        assert.ok(billed === 10_000_000 || billed - bytes < 1_000_000);
      }),
    );
  });

  it("is 5 dollars for a terabyte in us-east-1", () => {
    assert.equal(costOf({ ...succeeded, bytesScanned: 1e12 }, "us-east-1").dollars, 5);
    assert.equal(costOf({ ...succeeded, bytesScanned: 34 }, "us-east-1").dollars, 0.00005);
  });

  it("is nothing for DDL, failed queries, reused answers, and what was cancelled before it scanned", () => {
    const bytesScanned = 5e9;
    for (const status of [
      { ...succeeded, bytesScanned, statementType: "DDL" },
      { ...succeeded, bytesScanned, state: "FAILED" },
      { ...succeeded, bytesScanned, reused: true },
      { ...succeeded, bytesScanned: 0, state: "CANCELLED" },
    ] as const) {
      assert.equal(costOf(status, "us-east-1").dollars, 0);
    }
    assert.equal(costOf({ ...succeeded, bytesScanned, state: "CANCELLED" }, "us-east-1").dollars, 0.025);
  });

  it("is in bytes alone where the region's price is not on file", () => {
    const cost = costOf({ ...succeeded, bytesScanned: 1 }, "mars-north-1");
    assert.equal(cost.billedBytes, 10_000_000);
    assert.equal(cost.dollars, undefined);
    assert.equal(priceIn("constructor"), undefined);
  });

  it("is bounded by the workgroup's cutoff", () => {
    assert.equal(costAtMost(20_000_000_000, "us-east-1").dollars, 0.1);
  });

  it("comes with the day and the source of the price", () => {
    const price = priceIn("us-east-1");
    assert.match(price?.read ?? "", /^\d{4}-\d{2}-\d{2}$/);
    assert.match(price?.source ?? "", /AWS Price List/);
  });
});
