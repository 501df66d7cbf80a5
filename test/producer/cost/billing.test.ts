import assert from "node:assert/strict";
import {
  firehoseBilledBytes,
  kinesisBilledBytes,
  sendingCost,
  totalDollars,
} from "../../../producer/cost/billing.ts";

describe("what records cost", () => {
  it("is by records rounded up: to 5 KB for Firehose, to 1 KB for Kinesis", () => {
    assert.deepEqual([1, 5_120, 5_121, 24_960].map(firehoseBilledBytes), [5_120, 5_120, 10_240, 25_600]);
    assert.deepEqual([1, 1_024, 1_025].map(kinesisBilledBytes), [1_024, 1_024, 2_048]);
  });

  it("adds up, line by line, for a million records of 323 bytes", () => {
    const cost = sendingCost(1_000_000, 323);
    const rounded = Object.fromEntries(
      Object.entries(cost).map(([line, dollars]) => [line, Math.round((dollars as number) * 1e6) / 1e6]),
    );
    assert.deepEqual(rounded, {
      kinesisInDollars: 0.08192,
      kinesisOutDollars: 0.01292,
      firehoseIngestionDollars: 0.14848,
      firehoseConversionDollars: 0.09216,
    });
    assert.equal(totalDollars(cost).toFixed(5), "0.33548");
  });
});
