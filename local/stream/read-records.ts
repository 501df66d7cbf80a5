import { Buffer } from "node:buffer";
import type { Journal, JournalRecord } from "./journal.ts";
import { AwsApiError } from "../http/aws-json.ts";

/** Where a reader of a shard goes on; a shard iterator is its base64 text. */
interface Iterator {
  stream: string;
  shardId: string;
  position: number;
}

export interface ShardIteratorRequest {
  ShardId: string;
  ShardIteratorType: string;
  StartingSequenceNumber?: string;
  /** Seconds since 1970. */
  Timestamp?: number;
}

/** Limits of GetRecords (aws-semantics 3). */
const mostRecords = 10_000;
const mostBytes = 10 * 1024 * 1024;

/** GetShardIterator, over the journal of the stream. @throws {AwsApiError} InvalidArgumentException. */
export async function shardIterator(
  stream: string,
  journal: Journal,
  request: ShardIteratorRequest,
): Promise<string> {
  const position = await startingPosition(journal, request);
  return encode({ stream, shardId: request.ShardId, position });
}

/** The stream of a shard iterator. @throws {AwsApiError} InvalidArgumentException, when it is none. */
export function streamOfIterator(shardIterator: string): string {
  return decode(shardIterator).stream;
}

/** GetRecords, over the journal of the stream. */
export async function getRecords(
  journal: Journal,
  shardIterator: string,
  limit = mostRecords,
): Promise<unknown> {
  const iterator = decode(shardIterator);
  let position = Math.max(iterator.position, journal.start);
  const found: JournalRecord[] = [];
  let bytes = 0;
  scan: for (;;) {
    const records = await journal.read(position);
    if (records.length === 0) break;
    for (const record of records) {
      if (record.shardId === iterator.shardId) {
        if (found.length >= limit || (bytes += record.data.length) > mostBytes) break scan;
        found.push(record);
      }
      position = record.nextPosition;
    }
  }
  return {
    NextShardIterator: encode({ ...iterator, position }),
    MillisBehindLatest: 0,
    Records: found.map((record) => ({
      SequenceNumber: record.sequenceNumber,
      PartitionKey: record.partitionKey,
      ApproximateArrivalTimestamp: record.approximateArrivalTimestamp / 1000,
      Data: record.data.toString("base64"),
    })),
  };
}

async function startingPosition(journal: Journal, request: ShardIteratorRequest): Promise<number> {
  switch (request.ShardIteratorType) {
    case "TRIM_HORIZON":
      return journal.start;
    case "LATEST":
      return journal.end;
    case "AT_SEQUENCE_NUMBER":
      return firstPosition(journal, (r) => r.sequenceNumber >= (request.StartingSequenceNumber ?? ""));
    case "AFTER_SEQUENCE_NUMBER":
      return firstPosition(journal, (r) => r.sequenceNumber > (request.StartingSequenceNumber ?? ""));
    case "AT_TIMESTAMP":
      return firstPosition(journal, (r) => r.approximateArrivalTimestamp >= (request.Timestamp ?? 0) * 1000);
    default:
      throw new AwsApiError(
        "InvalidArgumentException",
        `Invalid ShardIteratorType: ${request.ShardIteratorType}`,
      );
  }
}

async function firstPosition(journal: Journal, wanted: (record: JournalRecord) => boolean): Promise<number> {
  let position = journal.start;
  for (;;) {
    const records = await journal.read(position);
    if (records.length === 0) return position;
    for (const record of records) {
      if (wanted(record)) return position;
      position = record.nextPosition;
    }
  }
}

function encode(iterator: Iterator): string {
  return Buffer.from(JSON.stringify(iterator)).toString("base64");
}

function decode(shardIterator: string): Iterator {
  try {
    return JSON.parse(Buffer.from(shardIterator, "base64").toString()) as Iterator;
  } catch {
    throw new AwsApiError("InvalidArgumentException", "Invalid ShardIterator.");
  }
}
