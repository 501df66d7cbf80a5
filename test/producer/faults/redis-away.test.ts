import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { accessLog } from "../../../datasets/access-log.ts";
import { fileBuffer } from "../../../producer/buffers/file.ts";
import type { EventBuffer } from "../../../producer/buffers/buffer.ts";
import { memoryBuffer } from "../../../producer/buffers/memory.ts";
import { redisBuffer } from "../../../producer/buffers/redis.ts";
import { withFallback } from "../../../producer/buffers/with-fallback.ts";
import { createProducer } from "../../../producer/producer.ts";
import { temporaryFolder } from "../helpers/files.ts";
import { TestRedis } from "../helpers/redis.ts";
import { memorySink } from "../helpers/sinks.ts";

const folder = temporaryFolder();

describe("a Redis buffer with a fallback loses no event", () => {
  const sentAndReceived = async (
    redis: TestRedis,
    fallback: EventBuffer,
    disturb: (n: number) => Promise<void>,
  ) => {
    const sink = memorySink();
    const producer = createProducer({
      dataset: accessLog,
      sink,
      buffer: withFallback(
        redisBuffer({ url: redis.url, key: "away", gatherMilliseconds: 5, takeoverMilliseconds: 50 }),
        fallback,
      ),
      lingerMilliseconds: 5,
      onError: () => undefined,
    });
    const sent: string[] = [];
    for (let n = 0; n < 600; n++) {
      await disturb(n);
      const event_id = `event-${n}`;
      await producer.send({ time: "2026-11-20T10:00:00Z", status: n, event_id });
      sent.push(event_id);
      if (n % 20 === 0) await wait(1);
    }
    const ids = () =>
      new Set(sink.lines().map((line) => (JSON.parse(line) as { event_id: string }).event_id));
    // Redis comes back; what it holds is taken over from the connection that broke.
    while (ids().size < sent.length) {
      await wait(10);
      await producer.flush();
    }
    await producer.close();
    assert.deepEqual([...ids()].sort(), sent.sort());
  };

  it("when Redis is killed and started again with its append-only file", async function () {
    const redis = await TestRedis.start(this);
    await sentAndReceived(redis, memoryBuffer(), async (n) => {
      if (n % 200 !== 100) return;
      await redis.kill();
      await redis.up();
    });
    await redis.stop();
  });

  it("when Redis is killed and away for a while, the file holding on", async function () {
    const redis = await TestRedis.start(this);
    const fallback = await fileBuffer({ folder: folder.path("fallback") });
    await sentAndReceived(redis, fallback, async (n) => {
      if (n === 200) await redis.kill();
      if (n === 500) await redis.up();
    });
    await redis.stop();
  });

  it("when Redis is told to stop (SIGTERM) and comes back", async function () {
    const redis = await TestRedis.start(this);
    await sentAndReceived(redis, memoryBuffer(), async (n) => {
      if (n === 300) await redis.kill("SIGTERM");
      if (n === 400) await redis.up();
    });
    await redis.stop();
  });
});
