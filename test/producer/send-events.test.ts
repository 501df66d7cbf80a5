import assert from "node:assert/strict";
import { accessLog } from "../../datasets/access-log.ts";
import { clickstream } from "../../datasets/clickstream.ts";
import { generateEvents } from "../../schema/sample/index.ts";
import { sendEvents, type EventProblem } from "../../producer/send-events.ts";
import { SinkError } from "../../producer/sinks/sink.ts";
import { linesOf, memorySink, throttled } from "./helpers/sinks.ts";

const dataset = accessLog;
const good = (n: number) => ({ line: `{"time":"2015-05-17T10:05:03Z","status":${n},"event_id":"e${n}"}` });
const goods = (count: number) => Array.from({ length: count }, (_, n) => good(n));

describe("sendEvents", () => {
  it("sends every event once, packed, and counts them", async () => {
    const sink = memorySink();
    const events = goods(5000);
    const summary = await sendEvents(events, { dataset, sink });
    assert.deepEqual(sink.lines().sort(), events.map(({ line }) => line).sort());
    const bytes = sink.calls.flat().reduce((sum, { data }) => sum + data.length, 0);
    assert.deepEqual(summary, {
      events: 5000,
      records: Math.ceil(bytes / 24_960),
      bytes,
      retries: 0,
      rejected: 0,
      passedOn: 0,
      undelivered: 0,
    });
  });

  it("passes an event on that does not fit, in a record of its own, and reports it by place", async () => {
    const sink = memorySink();
    const problems: EventProblem[] = [];
    const place = { file: "a.ndjson", lineNumber: 2, fingerprint: "" };
    const events = [good(1), { line: '{"time":', place }, good(3)];
    const summary = await sendEvents(events, {
      dataset,
      sink,
      onProblem: (problem) => problems.push(problem),
    });
    assert.deepEqual([summary.events, summary.passedOn, summary.rejected], [3, 1, 0]);
    assert.deepEqual(sink.calls.flat().map(linesOf), [['{"time":'], [good(1).line, good(3).line]]);
    assert.deepEqual(problems, [
      { message: 'a.ndjson:2 is not JSON: "{\\"time\\":"', line: '{"time":', sent: true },
    ]);
  });

  it("rejects such an event where that is configured", async () => {
    const sink = memorySink();
    const summary = await sendEvents([good(1), { line: "no" }], { dataset, sink, onInvalid: "reject" });
    assert.deepEqual([summary.events, summary.passedOn, summary.rejected], [1, 0, 1]);
    assert.deepEqual(sink.lines(), [good(1).line]);
  });

  it("refuses an event that is larger than a record by name, not its neighbours", async () => {
    const sink = memorySink(undefined, { bytesPerRecord: 30_000 });
    const problems: string[] = [];
    const large = { line: JSON.stringify({ time: "2015-05-17T10:05:03Z", path: "x".repeat(30_000) }) };
    const cut = { line: "start", cutShort: true, problem: "is 5,000,000 bytes long" };
    const summary = await sendEvents([good(1), large, cut, good(2)], {
      dataset,
      sink,
      onProblem: ({ message, sent }) => problems.push(`${sent} ${message.slice(0, 40)}`),
    });
    assert.deepEqual([summary.events, summary.rejected], [2, 2]);
    assert.deepEqual(problems, [
      "false An event is 30,092 bytes long; a record ",
      'false An event is 5,000,000 bytes long: "start',
    ]);
  });

  it("keeps calls within the limits of the sink", async () => {
    const sink = memorySink(undefined, { recordsPerCall: 3, bytesPerCall: 500 });
    await sendEvents(goods(200), { dataset, sink, recordBytes: 150 });
    assert.equal(sink.lines().length, 200);
    for (const call of sink.calls) {
      assert.ok(call.length <= 3);
      assert.ok(call.reduce((sum, { data }) => sum + data.length + 8, 0) <= 500);
    }
  });

  it("does not wait for a full record when nothing more comes", async () => {
    const sink = memorySink();
    async function* slow() {
      yield good(1);
      while (sink.lines().length === 0) await new Promise((resolve) => setImmediate(resolve));
      yield good(2);
    }
    await sendEvents(slow(), { dataset, sink, lingerMilliseconds: 1 });
    assert.equal(sink.calls.length, 2);
  });

  it("resends what failed, and hands over what was given up", async () => {
    let lost = 0;
    const sink = memorySink((record, call) =>
      call === 1 || linesOf(record).includes(good(7).line) ? throttled : undefined,
    );
    const summary = await sendEvents(goods(20), {
      dataset,
      sink,
      recordBytes: 100,
      maxAttempts: 3,
      baseMilliseconds: 0,
      onUndelivered: (undelivered) => {
        lost += undelivered.reduce((sum, { record }) => sum + record.events, 0);
      },
    });
    assert.deepEqual([summary.events, summary.undelivered, lost], [19, 1, 1]);
    assert.equal(sink.lines().length, 19);
    assert.ok(summary.retries > 2);
  });

  it("fails at the first record that was given up when nobody takes it", async () => {
    const sink = memorySink(() => throttled);
    await assert.rejects(
      sendEvents(goods(2), { dataset, sink, maxAttempts: 2, baseMilliseconds: 0 }),
      /Rate exceeded\nA record was given up, events in it: 2\./,
    );
  });

  it("stops reading at a call that cannot work", async () => {
    let read = 0;
    function* many() {
      for (const event of goods(10_000)) {
        read++;
        yield event;
      }
    }
    const error = new SinkError({
      code: "ResourceNotFoundException",
      message: "There is no stream",
      retryable: false,
    });
    const sink = { ...memorySink(undefined, { bytesPerCall: 1000 }), put: () => Promise.reject(error) };
    await assert.rejects(sendEvents(many(), { dataset, sink, recordBytes: 900 }), error);
    assert.ok(read < 200);
  });

  it("ends early when it is told to, and sends what it read", async () => {
    const controller = new AbortController();
    function* endless() {
      for (let n = 0; ; n++) {
        if (n === 100) controller.abort();
        yield good(n);
      }
    }
    const sink = memorySink();
    const summary = await sendEvents(endless(), { dataset, sink, signal: controller.signal });
    assert.deepEqual([summary.events, sink.lines().length], [100, 100]);
  });

  it("sends what was read when the source fails", async () => {
    const sink = memorySink();
    function* failing() {
      yield good(1);
      throw new Error("the disk is gone");
    }
    await assert.rejects(sendEvents(failing(), { dataset, sink }), /the disk is gone/);
    assert.equal(sink.lines().length, 1);
  });

  it("tells its progress", async () => {
    const seen: number[] = [];
    const sink = memorySink(undefined, { recordsPerCall: 1 });
    const events = generateEvents(clickstream, { count: 500, until: new Date(0) });
    await sendEvents(events, { dataset: clickstream, sink, onProgress: ({ events }) => seen.push(events) });
    assert.equal(seen.at(-1), 500);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
  });
});
