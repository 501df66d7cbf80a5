import { randomUUID } from "node:crypto";
import type { AcknowledgedRecord } from "../stream/journal-frame.ts";
import { nextSequenceNumber } from "../stream/sequence-number.ts";
import { AwsApiError, recordList, validationError } from "../http/aws-json.ts";

/** Limits of Firehose's own API (aws-semantics 1.1). */
const putRecordBatchLimits = {
  records: 500,
  recordBytes: 1000 * 1024,
  requestBytes: 4 * 1024 * 1024,
};

/** The records of a PutRecordBatch request. @throws {AwsApiError} as AWS does. */
export function recordsOf(entries: unknown, now: number): AcknowledgedRecord[] {
  const records = recordList(entries, putRecordBatchLimits.records).map((entry) => recordOf(entry, now));
  const bytes = records.reduce((sum, { data }) => sum + data.length, 0);
  if (bytes > putRecordBatchLimits.requestBytes) {
    throw new AwsApiError("InvalidArgumentException", "Records size exceeds 4 MB limit");
  }
  return records;
}

/** The record of a PutRecord request. @throws {AwsApiError} as `recordsOf`. */
export function recordOf(entry: unknown, now: number): AcknowledgedRecord {
  const { Data } = (entry ?? {}) as { Data?: unknown };
  if (typeof Data !== "string") {
    throw validationError(["Value at 'record.data' failed to satisfy constraint: Member must not be null"]);
  }
  const data = Buffer.from(Data, "base64");
  if (data.length > putRecordBatchLimits.recordBytes) {
    throw validationError([
      `Value at 'record.data' failed to satisfy constraint: Member must have length less than or equal to ${putRecordBatchLimits.recordBytes}`,
    ]);
  }
  return {
    // Direct PUT knows no shards; the journal keeps the same frame for both.
    shardId: "",
    partitionKey: "",
    sequenceNumber: nextSequenceNumber(now),
    approximateArrivalTimestamp: now,
    data,
  };
}

/** What AWS answers for a record that it took; its id tells nothing. */
export function recordId(): string {
  return `${randomUUID()}${randomUUID()}`.replaceAll("-", "");
}
