import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Random } from "../../../schema/sample/random.ts";

export interface Faults {
  /** The share of records that fail in an answer of 200. */
  readonly partialFailures?: number;
  /** The share of connections that are reset before the call gets through. */
  readonly resetsBefore?: number;
  /** The share of connections that are reset after it got through, so that its answer is lost. */
  readonly resetsAfter?: number;
  /** How many records each of two halves of the partition keys takes in 20 ms; the others are throttled. */
  readonly recordsPerShard?: number;
  /** The share of calls that are answered by 500. */
  readonly internalErrors?: number;
}

interface PutRecords {
  StreamName: string;
  Records: { Data: string; PartitionKey: string }[];
}
interface PutRecordsAnswer {
  FailedRecordCount: number;
  Records: Record<string, unknown>[];
}

export interface FaultyProxy {
  readonly port: number;
  /** How many records it let fail, and how many connections it reset. */
  readonly counts: { failed: number; resets: number; throttled: number };
  readonly close: () => Promise<void>;
}

/** Stands before a Kinesis and lets PutRecords fail as AWS does, by a seed. */
export async function faultyProxy(targetPort: number, faults: Faults, seed: string): Promise<FaultyProxy> {
  const random = new Random(seed);
  const counts = { failed: 0, resets: 0, throttled: 0 };
  const buckets = [0, 0];
  const refill = setInterval(() => buckets.fill(0), 20);

  const codeFor = (key: string): string | undefined => {
    if (random.chance(faults.partialFailures ?? 0)) {
      counts.failed++;
      return "InternalFailure";
    }
    if (faults.recordsPerShard === undefined) return undefined;
    const shard = key.charCodeAt(0) % 2;
    buckets[shard] = (buckets[shard] ?? 0) + 1;
    if ((buckets[shard] ?? 0) <= faults.recordsPerShard) return undefined;
    counts.throttled++;
    return "ProvisionedThroughputExceededException";
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
    if (random.chance(faults.resetsBefore ?? 0)) return reset(request);
    if (random.chance(faults.internalErrors ?? 0)) {
      response.writeHead(500, { "content-type": "application/x-amz-json-1.1" });
      response.end('{"__type":"InternalFailure"}');
      return;
    }
    const call = JSON.parse(body) as PutRecords;
    const codes = call.Records.map(({ PartitionKey }) => codeFor(PartitionKey));
    const passed = call.Records.filter((_, index) => codes[index] === undefined);
    const answer =
      passed.length === 0
        ? { FailedRecordCount: 0, Records: [] }
        : await forward(request, { ...call, Records: passed });
    if (random.chance(faults.resetsAfter ?? 0)) return reset(request);
    const taken = answer.Records.values();
    const Records = codes.map((ErrorCode) =>
      ErrorCode === undefined ? taken.next().value : { ErrorCode, ErrorMessage: "a fault" },
    );
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ FailedRecordCount: call.Records.length - passed.length, Records }));
  };

  const reset = (request: IncomingMessage) => {
    counts.resets++;
    request.socket.resetAndDestroy();
  };

  const forward = async (request: IncomingMessage, call: PutRecords): Promise<PutRecordsAnswer> => {
    const names = ["content-type", "x-amz-target", "x-amz-date", "authorization"];
    const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
    const answer = await fetch(`http://127.0.0.1:${targetPort}/`, {
      method: "POST",
      headers,
      body: JSON.stringify(call),
    });
    return (await answer.json()) as PutRecordsAnswer;
  };

  const server: Server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    close: async () => {
      clearInterval(refill);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
