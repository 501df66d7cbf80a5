import type { IncomingMessage } from "node:http";
import { AwsApiError, bodyOf, inputOf, operationOf, send, sendError } from "../http/aws-json.ts";
import { credentialScope } from "../http/credential-scope.ts";
import { startLoopbackServer, type LoopbackServer, type PortChoice } from "../http/loopback-server.ts";
import { regionMeant, type Regional } from "../regional.ts";
import type { Journal } from "../stream/journal.ts";
import { recordId, recordOf, recordsOf } from "./put-record-batch.ts";

/** A little more than the base64 of the largest request. */
const mostBodyBytes = 8 * 1024 * 1024;

export interface FirehoseApiOptions {
  /** Port on 127.0.0.1. */
  readonly port: PortChoice;
  readonly accountId: string;
  /** Where the records of each delivery stream go. */
  readonly deliveryStreams: Regional<Journal | "reads a stream">;
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
      .catch((error: unknown) => sendError(response, error));
  });
}

async function answer(message: IncomingMessage, options: FirehoseApiOptions): Promise<unknown> {
  const request = inputOf(await bodyOf(message, mostBodyBytes));
  const action = operationOf(message, "Firehose");
  const now = Date.now();
  const { region } = credentialScope(message);
  switch (action) {
    case "PutRecord":
      await journalOf(request["DeliveryStreamName"], region, options).append([
        recordOf(request["Record"], now),
      ]);
      return { Encrypted: true, RecordId: recordId() };
    case "PutRecordBatch": {
      const journal = journalOf(request["DeliveryStreamName"], region, options);
      const records = recordsOf(request["Records"], now);
      await journal.append(records);
      return {
        Encrypted: true,
        FailedPutCount: 0,
        RequestResponses: records.map(() => ({ RecordId: recordId() })),
      };
    }
    default:
      throw new AwsApiError(
        "UnknownOperationException",
        `${action || "A request without X-Amz-Target"}: the emulator knows PutRecord and PutRecordBatch.`,
      );
  }
}

function journalOf(
  name: unknown,
  signed: string,
  { deliveryStreams, accountId }: FirehoseApiOptions,
): Journal {
  const journal = deliveryStreams.get(regionMeant(deliveryStreams.regions, signed), String(name));
  if (journal === "reads a stream") {
    throw new AwsApiError(
      "InvalidSourceException",
      "This operation is not permitted on KinesisStreamAsSource delivery stream type.",
    );
  }
  if (journal) return journal;
  throw new AwsApiError(
    "ResourceNotFoundException",
    `Firehose ${String(name)} not found under account ${accountId}.`,
  );
}
