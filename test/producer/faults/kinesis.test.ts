import assert from "node:assert/strict";
import { clickstream } from "../../../datasets/clickstream.ts";
import { generateEvents } from "../../../schema/sample/index.ts";
import { sendEvents } from "../../../producer/send-events.ts";
import { kinesisSink } from "../../../producer/sinks/kinesis.ts";
import { faultyProxy, type Faults } from "../helpers/faulty-proxy.ts";
import { TestKinesis } from "../helpers/kinesis.ts";
import { freePort } from "../helpers/redis.ts";

const dataset = clickstream;
const count = 3000;
const sample = (seed: string) => [
  ...generateEvents(dataset, { count, seed, until: new Date("2026-11-20T00:00:00Z") }),
];
const sorted = (lines: Iterable<string>) => [...new Set(lines)].sort();

const table: [name: string, faults: Faults, fault: "failed" | "resets" | "throttled"][] = [
  ["30 % of the records fail in answers of 200", { partialFailures: 0.3 }, "failed"],
  ["shards throttle", { recordsPerShard: 5 }, "throttled"],
  ["connections are reset before and after the call", { resetsBefore: 0.15, resetsAfter: 0.15 }, "resets"],
  [
    "everything at once",
    { partialFailures: 0.2, resetsAfter: 0.1, internalErrors: 0.1, recordsPerShard: 20 },
    "failed",
  ],
];

describe("events sent are the distinct events in the stream, though", () => {
  let kinesis: TestKinesis;
  before(async () => {
    kinesis = await TestKinesis.start(...table.map((_, index) => `faults-${index}`), "restarted");
  });
  after(() => kinesis.stop());

  for (const [index, [name, faults, fault]] of table.entries()) {
    it(name, async () => {
      const events = sample(name);
      const proxy = await faultyProxy(kinesis.port, faults, name);
      const sink = kinesis.sink(`faults-${index}`, proxy.port);
      // Small records and calls, so that there are many of them to go wrong.
      const small = { ...sink, limits: { ...sink.limits, recordsPerCall: 25 } };
      const summary = await sendEvents(events, {
        dataset,
        sink: small,
        recordBytes: 2000,
        baseMilliseconds: 1,
        capMilliseconds: 20,
        maxAttempts: 100,
      });
      sink.close();
      await proxy.close();
      assert.deepEqual(
        sorted(await kinesis.lines(`faults-${index}`)),
        sorted(events.map(({ line }) => line)),
      );
      assert.equal(summary.events, count);
      assert.ok(summary.retries > 0);
      assert.ok(proxy.counts[fault] > 5, JSON.stringify(proxy.counts));
    });
  }

  it("the emulator is restarted in the middle", async () => {
    const events = sample("restart");
    const sink = kinesis.sink("restarted");
    async function* interruptedByRestart() {
      for (const [index, event] of events.entries()) {
        if (index === count / 2) {
          await kinesis.down();
          setTimeout(() => void kinesis.up(), 20);
        }
        yield event;
      }
    }
    const summary = await sendEvents(interruptedByRestart(), {
      dataset,
      sink,
      recordBytes: 2000,
      baseMilliseconds: 20,
      capMilliseconds: 100,
      maxAttempts: 100,
    });
    sink.close();
    assert.deepEqual(sorted(await kinesis.lines("restarted")), sorted(events.map(({ line }) => line)));
    assert.ok(summary.retries > 0);
  });
});

describe("a Kinesis sink that cannot work", () => {
  const one = [
    { line: '{"event_id":"1","event_time":"2026-11-20T00:00:00Z","event_type":"click","visitor_id":"v"}' },
  ];
  const failing = async (options: Partial<Parameters<typeof kinesisSink>[0]>, message: RegExp) => {
    const sink = kinesisSink({ streamName: "none", region: "eu-central-1", ...options });
    await assert.rejects(
      sendEvents(one, { dataset, sink, maxAttempts: 2, baseMilliseconds: 0 }),
      (error: Error) => {
        assert.match(error.message, message);
        return true;
      },
    );
    sink.close();
  };
  const credentials = { accessKeyId: "x", secretAccessKey: "y" };

  it("says so once, and what to do: no such stream", async () => {
    const kinesis = await TestKinesis.start("other");
    await failing(
      { endpoint: `http://127.0.0.1:${kinesis.port}`, credentials },
      /^There is no Kinesis stream "none" in eu-central-1\. Deploy its stack first/,
    );
    await kinesis.stop();
  });

  it("says so once, and what to do: no credentials, no such region, nobody listens", async () => {
    const noCredentials = () =>
      Promise.reject(Object.assign(new Error("none"), { name: "CredentialsProviderError" }));
    await failing({ credentials: noCredentials }, /^There are no AWS credentials\. Log in/);
    await failing(
      { endpoint: "http://kinesis.invalid", credentials },
      /its endpoint in region "eu-central-1" has no address\./,
    );
    await failing(
      { endpoint: `http://127.0.0.1:${await freePort()}`, credentials },
      /^Kinesis stream "none": ECONNREFUSED: .*\nA record was given up, events in it: 1\.$/s,
    );
  });
});
