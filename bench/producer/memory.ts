import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { accessLog } from "../../datasets/access-log.ts";
import make from "../../fixtures/access-log.ts";
import { generateEvents } from "../../schema/sample/index.ts";
import { largestRecordBytes } from "../../producer/pack.ts";
import { sendEvents } from "../../producer/send-events.ts";
import type { Sink } from "../../producer/sinks/sink.ts";
import { fileEvents } from "../../producer/sources/file.ts";

export interface MemoryUse {
  readonly events: number;
  readonly seconds: number;
  readonly cpuSecondsPerMillionEvents: number;
  /** Resident memory after each million of events, in MiB. */
  readonly residentMiB: readonly number[];
}

const blockEvents = 50_000;

/** A sink that takes everything at once: what is measured is the reading, checking and packing. */
const nowhere: Sink = {
  name: "nowhere",
  limits: {
    recordsPerCall: 500,
    bytesPerCall: 512 * 1024,
    bytesPerRecord: largestRecordBytes,
    overheadBytes: 8,
  },
  put: (records) => Promise.resolve(records.map(() => undefined)),
  close: () => undefined,
};

/** Sends a gzip file of that many events (a multiple of 50,000). */
export async function measureMemory(events = 5_000_000): Promise<MemoryUse> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  try {
    const path = join(folder, "events.ndjson.gz");
    await writeBlocks(path, events / blockEvents);
    const residentMiB: number[] = [];
    const [cpu, started] = [process.cpuUsage(), performance.now()];
    await sendEvents(await fileEvents(path, accessLog), {
      dataset: accessLog,
      sink: nowhere,
      onProgress: (summary) => {
        if (summary.events < (residentMiB.length + 1) * 1_000_000) return;
        residentMiB.push(Math.round(process.memoryUsage.rss() / 1024 ** 2));
      },
    });
    const { user, system } = process.cpuUsage(cpu);
    return {
      events,
      seconds: (performance.now() - started) / 1000,
      cpuSecondsPerMillionEvents: (user + system) / events,
      residentMiB,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same events again and again: a gzip file may consist of several (RFC 1952, 2.2). */
async function writeBlocks(path: string, blocks: number): Promise<void> {
  const lines = [...generateEvents(accessLog, { count: blockEvents, make })].map(({ line }) => `${line}\n`);
  const block = gzipSync(lines.join(""), { level: 1 });
  const file = await open(path, "w");
  for (let n = 0; n < blocks; n++) await file.write(block);
  await file.close();
}
