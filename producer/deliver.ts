import { setTimeout as wait } from "node:timers/promises";
import { backoffMilliseconds, type BackoffOptions } from "./backoff.ts";
import type { PackedRecord } from "./pack.ts";
import { SinkError, type RecordFailure, type RecordOutcome, type Sink } from "./sinks/sink.ts";

export interface DeliverOptions extends BackoffOptions {
  /** How often a record is sent at most. Default: 15, which is about 40 s of waiting on average. */
  readonly maxAttempts?: number;
}

export const defaultMaxAttempts = 15;

/** A record that was given up, and why. */
export interface Undelivered {
  readonly record: PackedRecord;
  readonly failure: RecordFailure;
}

export interface Delivery {
  readonly undelivered: readonly Undelivered[];
  /** Records that were sent again, counted each time. */
  readonly retries: number;
}

/**
 * Sends records until each is taken or given up. PutRecords answers 200 though some records failed (aws-semantics 3):
 * only those are sent again, with exponential backoff and full jitter. At least once: a call whose answer was lost is
 * repeated.
 * @throws {SinkError} when a call failed in a way that no other call can get over: no such stream, no credentials.
 */
export async function deliver(
  sink: Sink,
  records: readonly PackedRecord[],
  options: DeliverOptions = {},
): Promise<Delivery> {
  const { maxAttempts = defaultMaxAttempts } = options;
  const undelivered: Undelivered[] = [];
  let retries = 0;
  let pending = records;
  for (let attempt = 1; ; attempt++) {
    const outcomes = await outcomesOf(sink, pending);
    const again: PackedRecord[] = [];
    let mustWait = false;
    for (const [index, record] of pending.entries()) {
      const failure = outcomes[index];
      if (failure === undefined) continue;
      if (!failure.retryable || attempt >= maxAttempts) undelivered.push({ record, failure });
      else {
        again.push(record);
        mustWait ||= failure.sinkWaits !== true;
      }
    }
    if (again.length === 0) return { undelivered, retries };
    retries += again.length;
    pending = again;
    if (mustWait) await wait(backoffMilliseconds(attempt, options));
  }
}

async function outcomesOf(sink: Sink, records: readonly PackedRecord[]): Promise<readonly RecordOutcome[]> {
  try {
    return await sink.put(records);
  } catch (error) {
    if (error instanceof SinkError && error.failure.retryable) return records.map(() => error.failure);
    throw error;
  }
}
