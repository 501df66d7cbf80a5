import { measureMemory, type MemoryUse } from "./producer/memory.ts";
import { measureThroughput, type Server, type Throughput } from "./producer/throughput.ts";

/** What the producer's benchmark found, and the same as lines to print. */
export interface ProducerBench {
  /** By server: the three ways, and how many times as fast packed sending is as each of the others. */
  readonly servers: readonly Comparison[];
  readonly memory: MemoryUse;
  readonly lines: readonly string[];
}

interface Comparison {
  readonly server: Server;
  readonly throughput: readonly Throughput[];
  readonly timesUnpacked: number;
  readonly timesPutRecord: number;
}

/**
 * Events a second through the packing producer, side by side with the naive ways, to the same server in the same run; CPU
 * for a million events; memory while five million events of a file are sent. Goals: 20 times PutRecord and 5 times
 * unpacked PutRecords at kinesis-mock, where a record costs the server as it does AWS; flat memory.
 */
export async function benchProducer(): Promise<ProducerBench> {
  const servers = [await compare("kinesis-mock"), await compare("emulator")];
  const memory = await measureMemory();
  return { servers, memory, lines: [...servers.flatMap(linesOf), ...memoryLines(memory)] };
}

async function compare(server: Server): Promise<Comparison> {
  const throughput = await measureThroughput(server);
  const [packed = 0, unpacked = 1, single = 1] = throughput.map(({ eventsPerSecond }) => eventsPerSecond);
  return { server, throughput, timesUnpacked: packed / unpacked, timesPutRecord: packed / single };
}

function linesOf({ server, throughput, timesUnpacked, timesPutRecord }: Comparison): string[] {
  const [goalPutRecord, goalUnpacked] = server === "kinesis-mock" ? [" (goal 20)", " (goal 5)"] : ["", ""];
  return [
    `Events of the access log to ${server === "emulator" ? "the emulator" : server}, 4 calls under way:`,
    ...throughput.map(
      ({ way, eventsPerSecond, cpuSecondsPerMillionEvents }) =>
        `  ${way.padEnd(40)} ${eventsPerSecond.toLocaleString("en-US").padStart(8)} events/s` +
        `${cpuSecondsPerMillionEvents.toFixed(1).padStart(8)} CPU s per million`,
    ),
    `  packed is ${timesPutRecord.toFixed(1)} times PutRecord${goalPutRecord}, ${timesUnpacked.toFixed(1)} times unpacked PutRecords${goalUnpacked}`,
  ];
}

function memoryLines({ events, seconds, cpuSecondsPerMillionEvents, residentMiB }: MemoryUse): string[] {
  return [
    `A gzip file of ${events.toLocaleString("en-US")} events, read, checked and packed: ${seconds.toFixed(0)} s, ` +
      `${cpuSecondsPerMillionEvents.toFixed(1)} CPU s per million`,
    `  resident MiB after each million: ${residentMiB.join(", ")}`,
  ];
}

if (import.meta.main) console.log((await benchProducer()).lines.join("\n"));
