import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { fork } from "node:child_process";
import { once } from "node:events";
import { accessLog } from "../../datasets/access-log.ts";
import make from "../../fixtures/access-log.ts";
import { generateEvents, type GeneratedEvent } from "../../schema/sample/index.ts";
import { sendEvents } from "../../producer/send-events.ts";
import { kinesisSink } from "../../producer/sinks/kinesis.ts";

/** How many calls are under way, the same for each way. */
const concurrency = 4;
const region = "us-east-1";
const credentials = { accessKeyId: "local", secretAccessKey: "local" };

export interface Throughput {
  readonly way: string;
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly cpuSecondsPerMillionEvents: number;
}

/** Which Kinesis takes the events: kinesis-mock itself, or the emulator's gateway, which keeps records in a journal. */
export type Server = "kinesis-mock" | "emulator";

/** Sends events in three ways to the same server, one after the other: packed, PutRecords unpacked, PutRecord. */
export async function measureThroughput(kind: Server): Promise<Throughput[]> {
  const server = fork(new URL("stream-server.ts", import.meta.url), [kind]);
  try {
    const [{ endpoint, streamName }] = (await once(server, "message")) as [
      { endpoint: string; streamName: string },
    ];
    const sink = kinesisSink({ streamName, region, endpoint, credentials });
    const send = (recordBytes?: number) => async (events: readonly GeneratedEvent[]) => {
      await sendEvents(events, {
        dataset: accessLog,
        sink,
        concurrency,
        ...(recordBytes && { recordBytes }),
      });
    };
    await send()(sample(5_000));
    const results = [
      await measured("PutRecords, events packed into records", 50_000, send()),
      await measured("PutRecords, a record for each event", 10_000, send(1)),
      await measured("PutRecord, a call for each event", 2_000, (events) =>
        putOneByOne(events, endpoint, streamName),
      ),
    ];
    sink.close();
    return results;
  } finally {
    server.disconnect();
    await once(server, "exit");
  }
}

async function measured(
  way: string,
  count: number,
  send: (events: readonly GeneratedEvent[]) => Promise<void>,
): Promise<Throughput> {
  const events = sample(count);
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  await send(events);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    way,
    events: count,
    eventsPerSecond: Math.round(count / seconds),
    cpuSecondsPerMillionEvents: (user + system) / count,
  };
}

async function putOneByOne(
  events: readonly GeneratedEvent[],
  endpoint: string,
  StreamName: string,
): Promise<void> {
  const client = new KinesisClient({ region, endpoint, credentials, requestHandler: new NodeHttpHandler() });
  const queue = events.entries();
  const worker = async () => {
    for (const [index, { line }] of queue) {
      const Data = Buffer.from(`${line}\n`);
      await client.send(new PutRecordCommand({ StreamName, Data, PartitionKey: String(index) }));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  client.destroy();
}

function sample(count: number): GeneratedEvent[] {
  return [...generateEvents(accessLog, { count, make, until: new Date("2026-11-20T00:00:00Z") })];
}
