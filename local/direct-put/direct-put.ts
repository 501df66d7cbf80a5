import { join } from "node:path";
import { AsyncDisposableStack } from "../../needs/disposable-stack.ts";
import type { DeliveryConfiguration } from "../delivery/delivery-configuration.ts";
import { Journal } from "../stream/journal.ts";
import { startFirehoseApi } from "./firehose-api.ts";

/** The delivery streams whose source is Direct PUT, taking records. */
export interface DirectPut {
  /** `http://127.0.0.1:PORT`, the Firehose API; absent where no delivery stream takes records itself. */
  readonly endpoint?: string;
  /** What each of them acknowledged, by its name. */
  readonly journals: ReadonlyMap<string, Journal>;
  /** Lets the process end while it is up. */
  unref(): void;
  /** Takes no more records; the journals stay readable. */
  stopAccepting(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the Firehose API for the delivery streams that read no Kinesis stream.
 * @param folder holds one journal for each of them.
 */
export async function startDirectPut(
  configurations: readonly DeliveryConfiguration[],
  options: { folder: string; port: number; accountId: string },
): Promise<DirectPut> {
  const started = new AsyncDisposableStack();
  const journals = new Map<string, Journal>();
  try {
    for (const { name, streamName } of configurations) {
      if (streamName !== undefined) continue;
      const journal = await Journal.open(join(options.folder, name));
      started.defer(() => journal.close());
      journals.set(name, journal);
    }
    const api =
      journals.size === 0
        ? undefined
        : await startFirehoseApi({
            port: options.port,
            accountId: options.accountId,
            deliveryStreams: new Map(configurations.map(({ name }) => [name, journals.get(name)])),
          });
    let accepting = api !== undefined;
    const stopAccepting = async () => {
      if (!accepting) return;
      accepting = false;
      await api?.close();
    };
    started.defer(stopAccepting);
    const running = started.move();
    return {
      ...(api && { endpoint: `http://127.0.0.1:${api.port}` }),
      journals,
      unref: () => api?.unref(),
      stopAccepting,
      close: () => running.disposeAsync(),
    };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}
