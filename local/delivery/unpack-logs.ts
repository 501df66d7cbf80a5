import { gunzipSync } from "node:zlib";

/** What of a record that CloudWatch Logs sent is delivered. */
export interface LogUnpacking {
  /** Whether the messages alone are, not the document around them. */
  readonly extractMessages: boolean;
}

/** Why a record could not be unpacked. */
export class DecompressionFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DecompressionFailure";
  }
}

/**
 * The events in a record from CloudWatch Logs: gzip, and in it a document with messages (CloudWatch Logs guide,
 * "Subscription filters"; Firehose guide, "Decompress CloudWatch Logs"). The messages come one a line. A control
 * message, by which CloudWatch Logs tries the subscription out, has none.
 * @throws {DecompressionFailure}
 */
export function unpackLogs(data: Buffer, { extractMessages }: LogUnpacking): Buffer {
  let unpacked: Buffer;
  try {
    unpacked = gunzipSync(data);
  } catch (error) {
    throw new DecompressionFailure(`The record is not gzip: ${(error as Error).message}`);
  }
  if (!extractMessages) return unpacked;
  let document: { messageType?: unknown; logEvents?: unknown };
  try {
    document = JSON.parse(unpacked.toString()) as typeof document;
  } catch (error) {
    throw new DecompressionFailure(
      `The record is no document of CloudWatch Logs: ${(error as Error).message}`,
    );
  }
  if (document.messageType === "CONTROL_MESSAGE") return Buffer.alloc(0);
  if (!Array.isArray(document.logEvents)) {
    throw new DecompressionFailure("The record is no document of CloudWatch Logs: it has no logEvents.");
  }
  const events = document.logEvents as { message?: unknown }[];
  return Buffer.from(events.map(({ message }) => `${String(message)}\n`).join(""));
}
