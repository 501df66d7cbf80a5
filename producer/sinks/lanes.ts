import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { backoffMilliseconds, type BackoffOptions } from "../backoff.ts";

/** Length of the partition keys, in bytes: they count in a call's size. */
export const partitionKeyBytes = 8;

/** A partition key, and so always the same shard until the stream is resharded. */
export interface Lane {
  readonly partitionKey: string;
  /** The shard, once a record got there. */
  shardId: string | undefined;
  /** Not to be used before, in milliseconds since 1970. */
  pausedUntil: number;
}

/** Enough keys that each of some 30 shards has one, few enough that each shard is known soon. */
const laneCount = 128;

/**
 * Partition keys that are used in turn. One whose shard throttles pauses, with all others that are known to lead to the
 * same shard, by exponential backoff with full jitter; records go to the other shards meanwhile. No permission to list
 * shards is needed: PutRecords answers with the shard of each record.
 */
export class Lanes {
  readonly #lanes: Lane[] = Array.from({ length: laneCount }, () => ({
    partitionKey: randomBytes(partitionKeyBytes / 2).toString("hex"),
    shardId: undefined,
    pausedUntil: 0,
  }));
  readonly #backoff: BackoffOptions;
  /** Throttled calls in a row, by shard, or by key while the shard is unknown. */
  readonly #throttledInARow = new Map<string, number>();
  #next = 0;

  constructor(backoff: BackoffOptions = {}) {
    this.#backoff = backoff;
  }

  /** Lanes for that many records; waits while all are paused. */
  async choose(count: number): Promise<Lane[]> {
    for (;;) {
      const now = Date.now();
      const free = this.#lanes.filter(({ pausedUntil }) => pausedUntil <= now);
      if (free.length > 0) {
        return Array.from({ length: count }, () => free[this.#next++ % free.length] as Lane);
      }
      await wait(Math.max(1, Math.min(...this.#lanes.map(({ pausedUntil }) => pausedUntil)) - now));
    }
  }

  succeeded(lane: Lane, shardId: string | undefined): void {
    lane.shardId = shardId;
    this.#throttledInARow.delete(shardId ?? lane.partitionKey);
  }

  throttled(lane: Lane): void {
    const now = Date.now();
    // Further records of the same call, or of one that was under way: the pause is set already.
    if (lane.pausedUntil > now) return;
    const key = lane.shardId ?? lane.partitionKey;
    const inARow = (this.#throttledInARow.get(key) ?? 0) + 1;
    this.#throttledInARow.set(key, inARow);
    const until = now + backoffMilliseconds(inARow, this.#backoff);
    for (const other of this.#lanes) {
      if (other === lane || (lane.shardId !== undefined && other.shardId === lane.shardId))
        other.pausedUntil = until;
    }
  }
}
