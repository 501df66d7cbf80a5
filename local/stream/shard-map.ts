import { hash } from "node:crypto";

/** A shard and the first partition key hash that it takes, as 32 hexadecimal digits. */
export interface Shard {
  readonly shardId: string;
  readonly startingHashKey: string;
}

/** Which open shard of a stream takes a record: the one whose range holds the MD5 of the partition key. */
export class ShardMap {
  readonly shards: readonly Shard[];

  constructor(shards: readonly { shardId: string; startingHashKey: bigint }[]) {
    this.shards = shards
      .map(({ shardId, startingHashKey }) => ({ shardId, startingHashKey: hexadecimal(startingHashKey) }))
      .sort((a, b) => (a.startingHashKey < b.startingHashKey ? -1 : 1));
  }

  shardOf(partitionKey: string, explicitHashKey?: string): string {
    const key =
      explicitHashKey === undefined ? hash("md5", partitionKey) : hexadecimal(BigInt(explicitHashKey));
    const shard = this.shards.findLast(({ startingHashKey }) => startingHashKey <= key) ?? this.shards[0];
    if (shard === undefined) throw new Error("The stream has no open shard.");
    return shard.shardId;
  }
}

function hexadecimal(hashKey: bigint): string {
  return hashKey.toString(16).padStart(32, "0");
}
