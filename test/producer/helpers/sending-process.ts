import { writeSync } from "node:fs";
import { accessLog } from "../../../datasets/access-log.ts";
import { fileBuffer } from "../../../producer/buffers/file.ts";
import { memoryBuffer } from "../../../producer/buffers/memory.ts";
import { withFallback } from "../../../producer/buffers/with-fallback.ts";
import { createProducer } from "../../../producer/producer.ts";
import { httpSink } from "../../../producer/sinks/http.ts";

// A process that sends numbered events until it is killed, or SIGTERM; it prints the number of each event once `send`
// has taken it. Arguments: the URL, the first number, how many at most, the buffer (file:FOLDER, redis://..., memory:).

const [url = "", first = "0", count = "0", buffer = "memory:"] = process.argv.slice(2);

async function bufferNamed(name: string) {
  if (name.startsWith("file:")) {
    return withFallback(await fileBuffer({ folder: name.slice(5), segmentBytes: 4_000 }), memoryBuffer());
  }
  if (name.startsWith("redis:")) {
    const { redisBuffer } = await import("../../../producer/buffers/redis.ts");
    return redisBuffer({ url: name, key: "killed", gatherMilliseconds: 5, takeoverMilliseconds: 50 });
  }
  return memoryBuffer();
}

const producer = createProducer({
  dataset: accessLog,
  sink: httpSink({ url }),
  buffer: await bufferNamed(buffer),
  lingerMilliseconds: 5,
  maxAttempts: 1_000,
  capMilliseconds: 20,
  onError: () => undefined,
});
let isEnding = false;
process.once("SIGTERM", () => (isEnding = true));

for (let n = Number(first); n < Number(first) + Number(count) && !isEnding; n++) {
  const event = {
    time: "2026-11-20T10:00:00Z",
    status: n,
    user_agent: "x".repeat(n % 300),
    event_id: `event-${n}`,
  };
  for (;;) {
    try {
      await producer.send(event);
      break;
    } catch {
      // Redis is not connected yet.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  writeSync(1, `${n}\n`);
}
await producer.close();
