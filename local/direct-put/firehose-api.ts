import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Journal } from "../stream/journal.ts";
import { startLoopbackServer, type LoopbackServer } from "../stream/loopback-server.ts";
import { FirehoseError } from "./firehose-error.ts";
import { recordId, recordOf, recordsOf } from "./put-record-batch.ts";

/** A little more than the base64 of the largest request. */
const mostBodyBytes = 8 * 1024 * 1024;

export interface FirehoseApiOptions {
  /** Port on 127.0.0.1; 0 for a free one. */
  readonly port: number;
  readonly accountId: string;
  /** Where the records of each delivery stream go; undefined for one that reads a Kinesis stream. */
  readonly deliveryStreams: ReadonlyMap<string, Journal | undefined>;
}

/**
 * Firehose's own API: PutRecord and PutRecordBatch in JSON 1.1, for delivery streams whose source is Direct PUT.
 * Records are acknowledged when they are in the journal.
 * @throws {Error} when the port is taken.
 */
export function startFirehoseApi(options: FirehoseApiOptions): Promise<LoopbackServer> {
  return startLoopbackServer(options.port, (request, response) => {
    answer(request, options)
      .then((body) => send(response, 200, body))
      .catch((error: unknown) => {
        const known = error instanceof FirehoseError ? error : undefined;
        const message = error instanceof Error ? error.message : String(error);
        send(response, known?.statusCode ?? 500, { __type: known?.type ?? "InternalFailure", message });
      });
  });
}

async function answer(message: IncomingMessage, options: FirehoseApiOptions): Promise<unknown> {
  const request = parse(await bodyOf(message));
  const action = String(message.headers["x-amz-target"] ?? "").replace(/^Firehose_\d+\./, "");
  const now = Date.now();
  switch (action) {
    case "PutRecord":
      await journalOf(request["DeliveryStreamName"], options).append([recordOf(request["Record"], now)]);
      return { Encrypted: true, RecordId: recordId() };
    case "PutRecordBatch": {
      const journal = journalOf(request["DeliveryStreamName"], options);
      const records = recordsOf(request["Records"], now);
      await journal.append(records);
      return {
        Encrypted: true,
        FailedPutCount: 0,
        RequestResponses: records.map(() => ({ RecordId: recordId() })),
      };
    }
    default:
      throw new FirehoseError(
        "UnknownOperationException",
        `${action || "A request without X-Amz-Target"}: the twin knows PutRecord and PutRecordBatch.`,
      );
  }
}

function journalOf(name: unknown, { deliveryStreams, accountId }: FirehoseApiOptions): Journal {
  const journal = deliveryStreams.get(String(name));
  if (journal) return journal;
  if (deliveryStreams.has(String(name))) {
    throw new FirehoseError(
      "InvalidSourceException",
      "This operation is not permitted on KinesisStreamAsSource delivery stream type.",
    );
  }
  throw new FirehoseError(
    "ResourceNotFoundException",
    `Firehose ${String(name)} not found under account ${accountId}.`,
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBodyBytes) chunks.push(chunk);
  }
  if (bytes > mostBodyBytes) {
    throw new FirehoseError("RequestEntityTooLargeException", "The request is too large.", 413);
  }
  return Buffer.concat(chunks).toString();
}

function parse(body: string): Record<string, unknown> {
  try {
    const value = JSON.parse(body) as unknown;
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // falls through to the same answer as a body that is no object
  }
  throw new FirehoseError("SerializationException", "The request body is not a JSON object.");
}

function send(response: ServerResponse, statusCode: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(statusCode, {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": randomUUID(),
  });
  response.end(JSON.stringify(body));
}
