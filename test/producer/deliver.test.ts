import assert from "node:assert/strict";
import { backoffMilliseconds } from "../../producer/backoff.ts";
import { deliver } from "../../producer/deliver.ts";
import type { PackedRecord } from "../../producer/pack.ts";
import { SinkError } from "../../producer/sinks/sink.ts";
import { memorySink, throttled } from "./helpers/sinks.ts";

const quick = { baseMilliseconds: 0 };
const records = (count: number): PackedRecord[] =>
  Array.from({ length: count }, (_, i) => ({ data: Buffer.from(`${i}\n`), events: 1 }));

describe("delivery", () => {
  it("sends again only the records that failed", async () => {
    const sink = memorySink((record, call) =>
      call === 1 && Number(record.data) % 3 === 0 ? throttled : undefined,
    );
    const { undelivered, retries } = await deliver(sink, records(10), quick);
    assert.deepEqual(undelivered, []);
    assert.equal(retries, 4);
    assert.deepEqual(
      sink.calls.map((call) => call.length),
      [6, 4],
    );
    assert.deepEqual(
      sink
        .lines()
        .map(Number)
        .sort((a, b) => a - b),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });

  it("gives a record up after the bounded number of attempts", async () => {
    const sink = memorySink((record) => (Number(record.data) === 2 ? throttled : undefined));
    const { undelivered, retries } = await deliver(sink, records(3), { ...quick, maxAttempts: 4 });
    assert.equal(retries, 3);
    assert.deepEqual(undelivered, [{ record: records(3)[2], failure: throttled }]);
  });

  it("gives a record up at once when sending again cannot help", async () => {
    const failure = { code: "TooLarge", message: "too large", retryable: false };
    const sink = memorySink((record) => (Number(record.data) === 0 ? failure : undefined));
    const { undelivered, retries } = await deliver(sink, records(2), quick);
    assert.deepEqual([undelivered.length, retries], [1, 0]);
  });

  it("sends all of a call again that broke, and stops at one that cannot work", async () => {
    let calls = 0;
    const sink = memorySink(() => undefined);
    const breaking = {
      ...sink,
      put: (all: readonly PackedRecord[]) => {
        calls++;
        if (calls === 1) throw new SinkError({ code: "ECONNRESET", message: "reset", retryable: true });
        return sink.put(all);
      },
    };
    assert.equal((await deliver(breaking, records(3), quick)).retries, 3);
    assert.equal(sink.lines().length, 3);
    const refused = new SinkError({
      code: "ResourceNotFoundException",
      message: "no stream",
      retryable: false,
    });
    await assert.rejects(
      deliver({ ...sink, put: () => Promise.reject(refused) }, records(1), quick),
      refused,
    );
  });
});

describe("an answer that leaves records out", () => {
  it("counts for none of them: all are sent again", async () => {
    const sink = memorySink();
    let calls = 0;
    const short = {
      ...sink,
      put: (all: readonly PackedRecord[]) => (++calls === 1 ? Promise.resolve([]) : sink.put(all)),
    };
    const { events, retries } = await deliver(short, records(2), quick);
    assert.deepEqual([events, retries, sink.lines().length], [2, 2, 2]);
  });
});

describe("backoff", () => {
  it("is anything from nothing to a bound that doubles up to a cap", () => {
    const at = (attempt: number, random: number) => backoffMilliseconds(attempt, { random: () => random });
    assert.deepEqual(
      [1, 2, 3, 8, 30].map((attempt) => at(attempt, 1)),
      [100, 200, 400, 10_000, 10_000],
    );
    assert.equal(at(5, 0), 0);
    assert.equal(at(2, 0.5), 100);
  });
});
