import { setTimeout as wait } from "node:timers/promises";
import { backoffMilliseconds, type BackoffOptions } from "./backoff.ts";
import type { PackedRecord } from "./pack.ts";
import { SinkError, type RecordFailure, type RecordOutcome, type Sink } from "./sinks/sink.ts";

export interface DeliverOptions extends BackoffOptions {
  /** How often a record is sent at most. Default: 15, which is about 40 s of waiting on average. */
  readonly maxAttempts?: number | undefined;
}

const defaultMaxAttempts = 15;

/** A record that was given up, and why. */
export interface Undelivered {
  readonly record: PackedRecord;
  readonly failure: RecordFailure;
}

export interface Delivery {
  readonly undelivered: readonly Undelivered[];
  /** Events that the sink took, and the bytes of their lines. */
  readonly events: number;
  readonly bytes: number;
  /** Records that the sink took whole. */
  readonly records: number;
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
      const rest = failure.rest ?? record;
      if (!failure.retryable || attempt >= maxAttempts) undelivered.push({ record: rest, failure });
      else {
        again.push(rest);
        mustWait ||= failure.sinkWaits !== true;
      }
    }
    if (again.length === 0) return { undelivered, retries, ...taken(records, undelivered) };
    retries += again.length;
    pending = again;
    if (mustWait) await wait(backoffMilliseconds(attempt, options));
  }
}

function taken(records: readonly PackedRecord[], undelivered: readonly Undelivered[]) {
  const lost = undelivered.map(({ record }) => record);
  const sum = (list: readonly PackedRecord[], amount: (record: PackedRecord) => number) =>
    list.reduce((total, record) => total + amount(record), 0);
  return {
    events: sum(records, ({ events }) => events) - sum(lost, ({ events }) => events),
    bytes: sum(records, ({ data }) => data.length) - sum(lost, ({ data }) => data.length),
    records: records.length - lost.length,
  };
}

async function outcomesOf(sink: Sink, records: readonly PackedRecord[]): Promise<readonly RecordOutcome[]> {
  try {
    const outcomes = await sink.put(records);
    if (outcomes.length === records.length) return outcomes;
    // Nobody knows which were taken.
    const message = `${sink.name} answered for ${outcomes.length} of ${records.length} records.`;
    return records.map(() => ({ code: "IncompleteAnswer", message, retryable: true }));
  } catch (error) {
    if (error instanceof SinkError && error.failure.retryable) return records.map(() => error.failure);
    throw error;
  }
}
