import { crc32 } from "node:zlib";

/** A record that a stream acknowledged. */
export interface AcknowledgedRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Milliseconds since 1970. */
  readonly approximateArrivalTimestamp: number;
  readonly data: Buffer;
}

/** Length of what follows, and its checksum. */
const headerBytes = 8;

/** A record as bytes: header, arrival, then shard id, sequence number and partition key with their lengths, then data. */
export function encodeFrame(record: AcknowledgedRecord): Buffer {
  const texts = [record.shardId, record.sequenceNumber, record.partitionKey].map((text) => Buffer.from(text));
  const textBytes = texts.reduce((sum, text) => sum + 2 + text.length, 0);
  const frame = Buffer.allocUnsafe(headerBytes + 8 + textBytes + record.data.length);
  let at = frame.writeDoubleBE(record.approximateArrivalTimestamp, headerBytes);
  for (const text of texts) {
    at = frame.writeUInt16BE(text.length, at);
    at += text.copy(frame, at);
  }
  record.data.copy(frame, at);
  frame.writeUInt32BE(frame.length - headerBytes, 0);
  frame.writeUInt32BE(crc32(frame.subarray(headerBytes)), 4);
  return frame;
}

/**
 * The frame that starts at `at`: its record and its length in bytes; or how many bytes it needs when `bytes` ends
 * before it does; or undefined when it is damaged.
 */
export function decodeFrame(
  bytes: Buffer,
  at: number,
): { record: AcknowledgedRecord; length: number } | { needs: number } | undefined {
  if (bytes.length - at < headerBytes) return { needs: headerBytes };
  const length = headerBytes + bytes.readUInt32BE(at);
  if (bytes.length - at < length) return { needs: length };
  const body = bytes.subarray(at + headerBytes, at + length);
  if (crc32(body) !== bytes.readUInt32BE(at + 4)) return undefined;

  let offset = 8;
  const text = () => {
    const end = offset + 2 + body.readUInt16BE(offset);
    const value = body.toString("utf8", offset + 2, end);
    offset = end;
    return value;
  };
  const [shardId, sequenceNumber, partitionKey] = [text(), text(), text()];
  const approximateArrivalTimestamp = body.readDoubleBE(0);
  return {
    record: {
      shardId,
      sequenceNumber,
      partitionKey,
      approximateArrivalTimestamp,
      data: body.subarray(offset),
    },
    length,
  };
}
