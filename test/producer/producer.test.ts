import assert from "node:assert/strict";
import { accessLog } from "../../datasets/access-log.ts";
import { memoryBuffer } from "../../producer/buffers/memory.ts";
import { BufferUnavailableError, type EventBuffer } from "../../producer/buffers/buffer.ts";
import { withFallback } from "../../producer/buffers/with-fallback.ts";
import { createProducer, type ProducerOptions } from "../../producer/producer.ts";
import { SinkError } from "../../producer/sinks/sink.ts";
import { deadLetterEvents } from "../../producer/sources/dead-letter-file.ts";
import { collected, temporaryFolder } from "./helpers/files.ts";
import { linesOf, memorySink, throttled } from "./helpers/sinks.ts";

const folder = temporaryFolder();
const time = "2026-11-20T10:00:00Z";

/** A producer that lingers for ever unless told otherwise, so that only what is tested sends. */
const producerOf = (options: Partial<ProducerOptions<typeof accessLog>> = {}) => {
  const sink = memorySink();
  const errors: string[] = [];
  const producer = createProducer({
    dataset: accessLog,
    sink,
    lingerMilliseconds: 2 ** 31 - 1,
    baseMilliseconds: 0,
    onError: (error) => errors.push(error.message),
    ...options,
  });
  return { producer, sink, errors };
};
const statuses = (lines: string[]) => lines.map((line) => (JSON.parse(line) as { status: number }).status);

describe("a producer", () => {
  it("sends each event once, with an id, packed, and counts", async () => {
    const { producer, sink } = producerOf();
    for (let status = 0; status < 500; status++) await producer.send({ time, status });
    const counts = await producer.close();
    assert.deepEqual(
      statuses(sink.lines()),
      Array.from({ length: 500 }, (_, status) => status),
    );
    const ids = sink.lines().map((line) => (JSON.parse(line) as { event_id: string }).event_id);
    assert.equal(new Set(ids).size, 500);
    assert.deepEqual(counts, {
      accepted: 500,
      rejected: 0,
      passedOn: 0,
      dropped: 0,
      delivered: 500,
      deadLetters: 0,
      records: 2,
      bytes: sink.calls.flat().reduce((sum, { data }) => sum + data.length, 0),
      retries: 0,
    });
  });

  it("takes the events of its dataset only", async () => {
    const { producer } = producerOf({ onInvalid: "pass-on" });
    await producer.send({ time, status: 200, referer: null });
    // @ts-expect-error status is a number
    await producer.send({ time, status: "200" });
    // @ts-expect-error time is required
    await producer.send({ status: 200 });
    await producer.close();
  });

  it("refuses an event that does not fit, or passes it on in a record of its own", async () => {
    const strict = producerOf();
    await assert.rejects(strict.producer.send({ time: "noon", status: 200 }), {
      name: "InvalidEventError",
      message: /^The event time is "noon", which Firehose reads as no timestamp: .*\.$/,
    });
    assert.equal((await strict.producer.close()).rejected, 1);

    const lax = producerOf({ onInvalid: "pass-on" });
    await lax.producer.send({ time, status: 1 });
    await lax.producer.send({ time: "noon", status: 2 });
    await lax.producer.send({ time, status: 3 });
    const counts = await lax.producer.close();
    assert.deepEqual([counts.accepted, counts.passedOn], [3, 1]);
    assert.deepEqual(
      lax.sink.calls.flat().map((record) => statuses(linesOf(record))),
      [[2], [1, 3]],
    );
  });

  it("takes an option that is undefined for one that is not given", async () => {
    const sink = memorySink();
    let takes = 0;
    const held = memoryBuffer();
    const nothing = Object.fromEntries(
      (
        [
          "onInvalid",
          "whenFull",
          "lingerMilliseconds",
          "concurrency",
          "recordBytes",
          "maxAttempts",
          "deadLetterFile",
          "onError",
        ] satisfies (keyof ProducerOptions<unknown>)[]
      ).map((option) => [option, undefined]),
    );
    const producer = createProducer({
      ...nothing,
      dataset: accessLog,
      sink,
      buffer: {
        ...held,
        take: (bytes, hurry) => {
          takes++;
          return held.take(bytes, hurry);
        },
      },
    });
    await assert.rejects(producer.send({ time: "noon", status: 200 }), { name: "InvalidEventError" });
    await producer.send({ time, status: 200 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(takes, 0, "it looks once a second, not all the time");
    assert.equal((await producer.close()).delivered, 1);
  });

  it("refuses an event that is larger than a record by name, also where others are passed on", async () => {
    const { producer } = producerOf({ onInvalid: "pass-on" });
    await assert.rejects(
      producer.send({ time, path: "x".repeat(1_024_000) }),
      /^InvalidEventError: The event is 1,024,0\d\d bytes long/,
    );
    assert.equal((await producer.close()).rejected, 1);
  });

  it("sends when an event has waited long enough", async () => {
    const { producer, sink } = producerOf({ lingerMilliseconds: 1 });
    await producer.send({ time, status: 1 });
    while (sink.lines().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await producer.close();
  });

  it("sends when a call is full, without waiting", async () => {
    const sink = memorySink(undefined, { bytesPerCall: 2_000 });
    const { producer } = producerOf({ sink, recordBytes: 500 });
    for (let status = 0; status < 100; status++) await producer.send({ time, status });
    while (sink.lines().length < 50) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(sink.calls.every((call) => call.reduce((sum, { data }) => sum + data.length + 8, 0) <= 2_000));
    await producer.close();
    assert.equal(sink.lines().length, 100);
  });

  it("keeps within what a record of the sink holds in events", async () => {
    const sink = memorySink(undefined, { eventsPerRecord: 7 });
    const { producer } = producerOf({ sink });
    for (let status = 0; status < 20; status++) await producer.send({ time, status });
    await producer.close();
    assert.deepEqual(
      sink.calls.flat().map(({ events }) => events),
      [7, 7, 6],
    );
  });

  it("flushes on demand and goes on", async () => {
    const { producer, sink } = producerOf();
    await producer.send({ time, status: 1 });
    await producer.flush();
    assert.equal(sink.lines().length, 1);
    await producer.send({ time, status: 2 });
    await producer.close();
    assert.deepEqual(statuses(sink.lines()), [1, 2]);
  });

  it("takes nothing more once it is closed, and can be closed twice", async () => {
    const { producer } = producerOf();
    const closed = producer.close();
    await assert.rejects(producer.send({ time }), /The producer is closed/);
    assert.equal(await producer.close(), await closed);
  });

  it("waits when the buffer is full, or drops and counts, as configured", async () => {
    const waiting = producerOf({ buffer: memoryBuffer({ maxBytes: 300 }) });
    await Promise.all(Array.from({ length: 50 }, (_, status) => waiting.producer.send({ time, status })));
    assert.equal((await waiting.producer.close()).delivered, 50);

    const dropping = producerOf({ buffer: memoryBuffer({ maxBytes: 300 }), whenFull: "drop" });
    for (let status = 0; status < 50; status++) await dropping.producer.send({ time, status });
    const { accepted, dropped, delivered } = await dropping.producer.close();
    assert.equal(accepted + dropped, 50);
    assert.ok(dropped > 40);
    assert.equal(delivered, accepted);
  });

  it("writes what it gave up to the dead-letter file, which a source reads again", async () => {
    const deadLetterFile = folder.path("letters/dead.ndjson");
    const sink = memorySink((record) => (statuses(linesOf(record)).includes(13) ? throttled : undefined));
    const { producer, errors } = producerOf({ sink, deadLetterFile, maxAttempts: 2, recordBytes: 200 });
    for (let status = 0; status < 20; status++) await producer.send({ time, status });
    const counts = await producer.close();
    const letters = (await collected(deadLetterEvents(deadLetterFile))).map(({ line }) => line);
    assert.ok(statuses(letters).includes(13));
    assert.equal(letters.length, counts.deadLetters);
    assert.deepEqual(
      [...statuses(letters), ...statuses(sink.lines())].sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, status) => status),
    );
    assert.match(
      errors[0] ?? "",
      /^Rate exceeded\n\d events were given up and are in .*dead\.ndjson\. Send them again: sluice send --from/,
    );
  });

  it("gives up at once what a call that cannot work would hold", async () => {
    const deadLetterFile = folder.path("fatal.ndjson");
    const failure = { code: "ResourceNotFoundException", message: "There is no stream", retryable: false };
    const sink = { ...memorySink(), put: () => Promise.reject(new SinkError(failure)) };
    const { producer } = producerOf({ sink, deadLetterFile });
    await producer.send({ time, status: 1 });
    assert.equal((await producer.close()).deadLetters, 1);
    assert.equal((await collected(deadLetterEvents(deadLetterFile))).length, 1);
  });

  it("keeps trying while events can be neither sent nor written down", async () => {
    let attempts = 0;
    const sink = memorySink(() => (++attempts <= 3 ? { ...throttled, retryable: false } : undefined));
    const deadLetterFile = folder.path("");
    const { producer, errors } = producerOf({ sink, deadLetterFile });
    await producer.send({ time, status: 1 });
    const counts = await producer.close();
    assert.deepEqual([counts.delivered, counts.deadLetters, errors.length], [1, 0, 3]);
  });

  it("goes on with the fallback while its buffer is away, and empties both", async () => {
    let isAway = false;
    const memory = memoryBuffer();
    const away = () => Promise.reject(new BufferUnavailableError("away"));
    const first: EventBuffer = {
      ...memory,
      append: (entry) => (isAway ? away() : memory.append(entry)),
      take: (bytes, hurry) => (isAway ? away() : memory.take(bytes, hurry)),
    };
    const { producer, sink } = producerOf({ buffer: withFallback(first, memoryBuffer()) });
    for (let status = 0; status < 30; status++) {
      isAway = status >= 10 && status < 20;
      await producer.send({ time, status });
    }
    await producer.close();
    assert.deepEqual(
      statuses(sink.lines()).sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, status) => status),
    );
  });
});
