import { AwsApiError, recordList, validationError } from "../http/aws-json.ts";
import type { AcknowledgedRecord } from "./journal-frame.ts";
import { nextSequenceNumber } from "./sequence-number.ts";
import type { ShardMap } from "./shard-map.ts";

/** A record as PutRecords takes it; `Data` is base64. */
export interface PutRecordsEntry {
  Data?: unknown;
  PartitionKey?: unknown;
  ExplicitHashKey?: unknown;
}

/** Limits of PutRecords (botocore 1.44.5, kinesis/2013-12-02; aws-semantics 3). */
const putRecordsLimits = {
  records: 500,
  /** A stream takes larger records only when it is told to. */
  recordBytes: 1024 * 1024,
  requestBytes: 10 * 1024 * 1024,
  partitionKeyCharacters: 256,
};

/**
 * The records of a PutRecords request, with shard and sequence number.
 * @throws {AwsApiError} ValidationException, InvalidArgumentException or SerializationException, as AWS does.
 */
export function recordsOf(entries: unknown, shards: ShardMap, now: number): AcknowledgedRecord[] {
  const records = (recordList(entries, putRecordsLimits.records) as PutRecordsEntry[]).map((entry, index) =>
    recordOf(entry, `records.${index + 1}.member`, shards, now),
  );
  const bytes = records.reduce(
    (sum, record) => sum + record.data.length + Buffer.byteLength(record.partitionKey),
    0,
  );
  if (bytes > putRecordsLimits.requestBytes) {
    throw new AwsApiError(
      "InvalidArgumentException",
      `Records size exceeds ${putRecordsLimits.requestBytes / 1024 / 1024} MB limit: ${bytes} bytes with partition keys.`,
    );
  }
  return records;
}

/** The record of a PutRecord request. @throws {AwsApiError} as `recordsOf`. */
export function recordOf(
  entry: PutRecordsEntry,
  at: string,
  shards: ShardMap,
  now: number,
): AcknowledgedRecord {
  const { Data, PartitionKey, ExplicitHashKey } = entry;
  if (typeof PartitionKey !== "string" || PartitionKey === "") {
    throw validationError([
      `Value at '${at}.partitionKey' failed to satisfy constraint: Member must not be null or empty`,
    ]);
  }
  if (PartitionKey.length > putRecordsLimits.partitionKeyCharacters) {
    throw validationError([
      `Value at '${at}.partitionKey' failed to satisfy constraint: Member must have length less than or equal to ${putRecordsLimits.partitionKeyCharacters}`,
    ]);
  }
  if (typeof Data !== "string") {
    throw validationError([`Value at '${at}.data' failed to satisfy constraint: Member must not be null`]);
  }
  const data = Buffer.from(Data, "base64");
  if (data.length + Buffer.byteLength(PartitionKey) > putRecordsLimits.recordBytes) {
    throw validationError([
      `Value at '${at}.data' failed to satisfy constraint: Member must have length less than or equal to ${putRecordsLimits.recordBytes}`,
    ]);
  }
  if (ExplicitHashKey !== undefined && !isHashKey(ExplicitHashKey)) {
    throw new AwsApiError(
      "InvalidArgumentException",
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${JSON.stringify(ExplicitHashKey)}`,
    );
  }
  return {
    shardId: shards.shardOf(PartitionKey, ExplicitHashKey),
    sequenceNumber: nextSequenceNumber(now),
    partitionKey: PartitionKey,
    approximateArrivalTimestamp: now,
    data,
  };
}

function isHashKey(value: unknown): value is string {
  return typeof value === "string" && /^(0|[1-9]\d{0,38})$/.test(value) && BigInt(value) < 2n ** 128n;
}
