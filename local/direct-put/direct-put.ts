import { join } from "node:path";
import type { DeliveryConfiguration } from "../delivery/delivery-configuration.ts";
import type { PortChoice } from "../http/loopback-server.ts";
import { Regional } from "../regional.ts";
import { Journal } from "../stream/journal.ts";
import { startFirehoseApi } from "./firehose-api.ts";

/** The delivery streams whose source is Direct PUT, taking records. */
export interface DirectPut {
  /** `http://127.0.0.1:PORT`, the Firehose API; absent where no delivery stream takes records itself. */
  readonly endpoint?: string;
  /** What each of them acknowledged. */
  readonly journals: Regional<Journal>;
  /** Lets the process end while it is up. */
  unref(): void;
  /** Takes no more records; the journals stay readable. */
  stopAccepting(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the Firehose API for the delivery streams that read no Kinesis stream.
 * @param folder holds one journal for each of them, below its region.
 */
export async function startDirectPut(
  configurations: readonly DeliveryConfiguration[],
  options: { folder: string; port: PortChoice; accountId: string },
): Promise<DirectPut> {
  const started = new AsyncDisposableStack();
  const journals = new Regional<Journal>();
  const deliveryStreams = new Regional<Journal | "reads a stream">();
  try {
    for (const { region, name, streamName } of configurations) {
      deliveryStreams.set(region, name, "reads a stream");
      if (streamName !== undefined) continue;
      const journal = await Journal.open(join(options.folder, region, name));
      started.defer(() => journal.close());
      journals.set(region, name, journal);
      deliveryStreams.set(region, name, journal);
    }
    const api =
      journals.values().length === 0
        ? undefined
        : await startFirehoseApi({
            port: options.port,
            accountId: options.accountId,
            deliveryStreams,
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
