import assert from "node:assert/strict";
import { open, readdir } from "node:fs/promises";
import type { EventBuffer } from "../../../producer/buffers/buffer.ts";
import { fileBuffer } from "../../../producer/buffers/file.ts";
import { memoryBuffer } from "../../../producer/buffers/memory.ts";
import { redisBuffer } from "../../../producer/buffers/redis.ts";
import { temporaryFolder } from "../helpers/files.ts";
import { TestRedis } from "../helpers/redis.ts";

const folder = temporaryFolder();
let redis: TestRedis | undefined;
let made = 0;

const kinds: [string, (context: Mocha.Context) => Promise<EventBuffer>][] = [
  ["memory", () => Promise.resolve(memoryBuffer({ maxBytes: 10_000 }))],
  [
    "file",
    () => fileBuffer({ folder: folder.path(`buffer-${++made}`), maxBytes: 10_000, segmentBytes: 500 }),
  ],
  [
    "Redis",
    async (context) => {
      redis ??= await TestRedis.start(context);
      return redisBuffer({ url: redis.url, key: `key-${++made}`, maxEntries: 50, gatherMilliseconds: 1 });
    },
  ],
];

const entry = (n: number) => `{"n":${n},"text":"ü${"x".repeat(n % 80)}"}`;

async function drained(buffer: EventBuffer, bytes = 1000): Promise<string[]> {
  const entries: string[] = [];
  for (let batch = await buffer.take(bytes, true); batch; batch = await buffer.take(bytes, true)) {
    entries.push(...batch.entries);
    await batch.done();
  }
  return entries;
}

/** Waits for Redis, which the buffer connects to in the background. */
async function appended(buffer: EventBuffer, text: string): Promise<void> {
  for (;;) {
    try {
      assert.equal(await buffer.append(text), "kept");
      return;
    } catch (error) {
      if (!/offline|closed/i.test((error as Error).message)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

after(() => redis?.stop());

for (const [name, make] of kinds) {
  describe(`the ${name} buffer`, () => {
    let buffer: EventBuffer;
    beforeEach(async function () {
      buffer = await make(this);
    });
    afterEach(() => buffer?.close());

    it("hands out every entry once, in order", async () => {
      const entries = Array.from({ length: 100 }, (_, n) => entry(n));
      await appended(buffer, entries[0] ?? "");
      await Promise.all(entries.slice(1).map((text) => buffer.append(text)));
      assert.deepEqual(await drained(buffer), entries);
      assert.equal(await buffer.take(1000, true), undefined);
    });

    it("hands out other entries while a batch is under way", async () => {
      for (const n of [1, 2, 3]) await appended(buffer, entry(n));
      const first = await buffer.take(1, true);
      const second = await buffer.take(1_000, true);
      assert.deepEqual([...(first?.entries ?? []), ...(second?.entries ?? [])], [1, 2, 3].map(entry));
      await second?.done();
      await first?.done();
      await appended(buffer, entry(4));
      assert.deepEqual(await drained(buffer), [entry(4)]);
    });

    it("says when it is full, and takes again when something was sent", async () => {
      let kept = 0;
      await appended(buffer, entry(kept++));
      while ((await buffer.append(entry(kept))) === "kept") kept++;
      const room = buffer.room();
      assert.equal((await drained(buffer)).length, kept);
      await room;
      assert.equal(await buffer.append(entry(0)), "kept");
    });
  });
}

describe("the file buffer", () => {
  it("keeps what was not sent for the next process, and removes what was", async () => {
    const path = folder.path("left");
    const first = await fileBuffer({ folder: path, segmentBytes: 100 });
    for (let n = 0; n < 20; n++) await first.append(entry(n));
    const sent = await first.take(200, true);
    await sent?.done();
    await first.close();
    const second = await fileBuffer({ folder: path });
    const left = await drained(second);
    assert.deepEqual(
      [...new Set([...(sent?.entries ?? []), ...left])],
      Array.from({ length: 20 }, (_, n) => entry(n)),
    );
    await second.close();
    assert.deepEqual(await readdir(path), []);
  });

  it("leaves out a line that its process did not write to its end", async () => {
    const path = folder.path("torn");
    await (await fileBuffer({ folder: path })).close();
    await folder.write("torn/0000000001.events", '{"n":1}\n{"n":2}\n{"n":');
    await folder.write("torn/0000000002.events", '{"n":');
    const buffer = await fileBuffer({ folder: path });
    assert.deepEqual(await drained(buffer), ['{"n":1}', '{"n":2}']);
    await buffer.close();
    assert.deepEqual(await readdir(path), []);
  });

  it("leaves out what a write left that failed half-way, though it ends in whole lines", async () => {
    const path = folder.path("half");
    const buffer = await fileBuffer({ folder: path });
    const probe = await open(await folder.write("probe", ""), "r+");
    const handles = Object.getPrototypeOf(probe) as { write: (...args: unknown[]) => unknown };
    await probe.close();
    const { write } = handles;
    let calls = 0;
    handles.write = function (
      this: unknown,
      data: unknown,
      from: unknown,
      _length: unknown,
      position: unknown,
    ) {
      if (++calls > 1) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      return write.call(this, data, from, 20, position);
    };
    try {
      const lost = await Promise.allSettled([1, 2, 3].map((n) => buffer.append(`{"lost":${n}}`)));
      assert.ok(lost.every(({ status }) => status === "rejected"));
    } finally {
      handles.write = write;
    }
    await buffer.append("{}");
    // The next process after a crash: nothing was closed.
    const next = await fileBuffer({ folder: path });
    assert.deepEqual(await drained(next), ["{}"]);
    await next.close();
    await assert.rejects(buffer.close(), { code: "ENOENT" });
  });

  it("refuses a folder that a living process uses, not one whose process is gone", async () => {
    const path = folder.path("locked");
    await (await fileBuffer({ folder: path })).close();
    await folder.write("locked/lock", String(process.ppid));
    await assert.rejects(
      fileBuffer({ folder: path }),
      /is in use by process \d+\. Give each producer a folder of its own\./,
    );
    await folder.write("locked/lock", "4194999");
    await (await fileBuffer({ folder: path, sync: true })).close();
  });
});

describe("the Redis buffer", () => {
  const fill = async (url: string, key: string, options = {}) => {
    const buffer = redisBuffer({ url, key, ...options });
    await appended(buffer, entry(1));
    await buffer.append(entry(2));
    return buffer;
  };

  it("is one buffer for several processes: each entry goes to one of them", async function () {
    redis ??= await TestRedis.start(this);
    const one = await fill(redis.url, "shared");
    const two = await fill(redis.url, "shared");
    const [first, second] = [await one.take(1, true), await two.take(10_000, true)];
    assert.equal((first?.entries.length ?? 0) + (second?.entries.length ?? 0), 4);
    await Promise.all([one.close(), two.close()]);
  });

  it("hands the batch of a process that died to another, once the time is over", async function () {
    redis ??= await TestRedis.start(this);
    const dies = await fill(redis.url, "takeover");
    const batch = await dies.take(10_000, true);
    await dies.close();
    const lives = redisBuffer({ url: redis.url, key: "takeover", takeoverMilliseconds: 20 });
    await appended(lives, entry(3));
    const seen = new Set<string>();
    while (seen.size < 3) for (const text of await drained(lives)) seen.add(text);
    assert.deepEqual([...seen].sort(), [...(batch?.entries ?? []), entry(3)].sort());
    await lives.close();
  });

  it("lets events of all processes gather before one takes less than a full batch", async function () {
    redis ??= await TestRedis.start(this);
    const one = await fill(redis.url, "gather", { gatherMilliseconds: 60_000 });
    assert.equal((await one.take(10_000, false))?.entries.length, 2);
    await one.append(entry(3));
    assert.equal(await one.take(10_000, false), undefined);
    assert.equal((await one.take(10_000, true))?.entries.length, 1);
    await one.close();
  });

  it("goes on with a Redis that came back empty", async function () {
    redis ??= await TestRedis.start(this);
    const buffer = await fill(redis.url, "emptied");
    const { createClient } = await import("redis");
    const client = await createClient({ url: redis.url }).connect();
    await client.flushAll();
    client.destroy();
    await assert.rejects(buffer.take(10, true), /NOGROUP/);
    await buffer.append(entry(5));
    assert.deepEqual(await drained(buffer), [entry(5)]);
    await buffer.close();
  });

  it("says once that Redis is away, and can be closed then", async () => {
    const told: string[] = [];
    const buffer = redisBuffer({
      url: "redis://127.0.0.1:1",
      key: "k",
      onUnavailable: (message) => told.push(message),
    });
    await assert.rejects(buffer.append("x"), { name: "BufferUnavailableError" });
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await buffer.close();
    assert.deepEqual(told.length, 1);
    assert.match(told[0] ?? "", /^Redis at redis:\/\/127\.0\.0\.1:1: /);
  });
});
