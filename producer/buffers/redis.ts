import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { createClient } from "redis";
import { BufferUnavailableError, type Batch, type EventBuffer } from "./buffer.ts";
import { GroupCommit } from "./group-commit.ts";

export interface RedisBufferOptions {
  /** `redis://host:6379`, or `rediss://` with TLS. Redis 6.2 or later, with AOF so that events survive its restart. */
  readonly url: string;
  /** The stream's key: producers with the same key share one buffer. Such as `sluice:{clickstream}`. */
  readonly key: string;
  /**
   * How long a batch may be under way before another process takes it over, in milliseconds. Longer than a delivery
   * with all its retries, else batches are sent twice. Default: 120,000.
   */
  readonly takeoverMilliseconds?: number | undefined;
  /** How long events of all processes gather before less than a full batch is taken, in milliseconds. Default: 1,000. */
  readonly gatherMilliseconds?: number | undefined;
  /** How many entries wait at most; an entry holds the events of one write, up to 64 KiB. Default: 100,000. */
  readonly maxEntries?: number | undefined;
  /** Told each time that Redis goes away. Default: - nobody is told. */
  readonly onUnavailable?: ((message: string) => void) | undefined;
}

interface Message {
  readonly id: string;
  readonly message: Record<string, string>;
}

/** The one consumer group: each entry goes to one of the producers. */
const group = "senders";
const field = "events";
const entryBytes = 64 * 1024;

/**
 * Events of many processes gather in one Redis stream. A consumer group hands each entry to one process, and it is
 * deleted once it was sent. A batch whose process died is taken over by another (XAUTOCLAIM).
 */
export function redisBuffer(options: RedisBufferOptions): EventBuffer {
  const {
    url,
    key,
    takeoverMilliseconds = 120_000,
    gatherMilliseconds = 1_000,
    maxEntries = 100_000,
  } = options;
  const consumer = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const client = connecting(options);
  const underWay = new Set<string>();
  let sentUnacknowledged: string[] = [];
  let groupIsThere = false;
  let entryCount = 0;
  let lookedForLeftAt = 0;

  const onRedis = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      if (!groupIsThere) await makeGroup();
      return await work();
    } catch (error) {
      // A Redis that came back empty has lost the group together with the stream.
      if (/NOGROUP/.test((error as Error).message)) groupIsThere = false;
      throw new BufferUnavailableError(`Redis at ${url}: ${(error as Error).message}`, { cause: error });
    }
  };

  const makeGroup = async () => {
    try {
      await client.xGroupCreate(key, group, "0", { MKSTREAM: true });
    } catch (error) {
      if (!/BUSYGROUP/.test((error as Error).message)) throw error;
    }
    groupIsThere = true;
  };

  const commit = new GroupCommit(
    (entries) =>
      onRedis(async () => {
        // Both in one round trip: the client pipelines.
        const added = client.xAdd(key, "*", { [field]: entries.join("\n") });
        [, entryCount] = await Promise.all([added, client.xLen(key)]);
      }),
    entryBytes,
  );

  const acknowledge = async () => {
    const ids = sentUnacknowledged;
    if (ids.length === 0) return;
    await onRedis(() => client.multi().xAck(key, group, ids).xDel(key, ids).exec());
    sentUnacknowledged = sentUnacknowledged.filter((id) => !ids.includes(id));
    for (const id of ids) underWay.delete(id);
  };

  const batchOf = (messages: readonly Message[]): Batch | undefined => {
    if (messages.length === 0) return undefined;
    const ids = messages.map(({ id }) => id);
    for (const id of ids) underWay.add(id);
    return {
      entries: messages.flatMap(({ message }) => message[field]?.split("\n") ?? []),
      done: async () => {
        sentUnacknowledged.push(...ids);
        // While Redis is away they wait for the next take, else another process sends them again.
        await acknowledge().catch(ignoreUnavailable);
      },
    };
  };

  /** What a process that died, or a lost answer to this one, left behind. */
  const leftBehind = async (): Promise<Message[]> => {
    if (Date.now() - lookedForLeftAt < takeoverMilliseconds / 4) return [];
    const { messages } = await client.xAutoClaim(key, group, consumer, takeoverMilliseconds, "0", {
      COUNT: 100,
    });
    const left = messages.filter((message) => message !== null && !underWay.has(message.id)) as Message[];
    if (left.length === 0) lookedForLeftAt = Date.now();
    return left;
  };

  const take = async (bytes: number, hurry: boolean): Promise<Batch | undefined> => {
    await acknowledge();
    const left = await leftBehind();
    if (left.length > 0) return batchOf(left);
    if (!hurry && !(await isGatheringOver())) return undefined;
    const messages: Message[] = [];
    // Entries differ in size: the first few tell how many make a batch.
    for (let count = 8, taken = 0; taken < bytes;) {
      const more = await nextMessages(count);
      messages.push(...more);
      if (more.length < count) break;
      taken = messages.reduce((sum, { message }) => sum + (message[field]?.length ?? 0), 0);
      count = Math.ceil(((bytes - taken) / taken) * messages.length);
    }
    return batchOf(messages);
  };

  const nextMessages = async (count: number): Promise<Message[]> => {
    const reply = await client.xReadGroup(group, consumer, { key, id: ">" }, { COUNT: count });
    return (reply as { messages: Message[] }[] | null)?.[0]?.messages ?? [];
  };

  /** Whether nobody took what gathered for a while; says that this process does now. */
  const isGatheringOver = async (): Promise<boolean> => {
    const expiration = { type: "PX", value: gatherMilliseconds } as const;
    return (await client.set(`${key}:gathering`, consumer, { condition: "NX", expiration })) !== null;
  };

  return {
    append: async (entry) => {
      if (entryCount >= maxEntries) {
        entryCount = await onRedis(() => client.xLen(key));
        if (entryCount >= maxEntries) return "full";
      }
      await commit.add(entry);
      return "kept";
    },
    room: () => new Promise((resolve) => setTimeout(resolve, 100)),
    take: (bytes, hurry) => onRedis(() => take(bytes, hurry)),
    close: async () => {
      await commit.exclusively(() => Promise.resolve());
      await acknowledge().catch(ignoreUnavailable);
      if (client.isReady) await forgetConsumer().catch(() => undefined);
      client.destroy();
    },
  };

  /** Removes this process's name from the group, unless that would lose entries that are still pending. */
  async function forgetConsumer(): Promise<void> {
    const own = (await client.xInfoConsumers(key, group)).find(({ name }) => name === consumer);
    if (own?.pending === 0) await client.xGroupDelConsumer(key, group, consumer);
  }
}

/** A client that connects in the background, again and again, and refuses commands meanwhile. */
function connecting({ url, onUnavailable }: RedisBufferOptions) {
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    pingInterval: 5_000,
    socket: {
      connectTimeout: 5_000,
      socketTimeout: 15_000,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2_000),
    },
  });
  let wasTold = false;
  client.on("ready", () => {
    wasTold = false;
  });
  client.on("error", (error: Error) => {
    if (!wasTold)
      onUnavailable?.(
        `Redis at ${url}: ${error.message || (error as NodeJS.ErrnoException).code || "no connection"}`,
      );
    wasTold = true;
  });
  // It rejects only when the client is closed while it connects.
  client.connect().catch(() => undefined);
  return client;
}

function ignoreUnavailable(error: unknown): void {
  if (!(error instanceof BufferUnavailableError)) throw error;
}
