import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ObjectStore } from "../lake/object-store.ts";
import { Checkpoint } from "./checkpoint.ts";
import { ConcatenatedOutput } from "./concatenated-output.ts";
import { ConvertedOutput } from "./converted-output.ts";
import type { DeliveryConfiguration, Destination } from "./delivery-configuration.ts";
import { DeliveryLoop, type Buffered } from "./delivery-loop.ts";
import type { BufferCounts, Output } from "./output.ts";
import type { RecordSource } from "./record-source.ts";

/** What a delivery stream runs on. */
export interface DeliverySurroundings {
  readonly source: RecordSource;
  readonly store: ObjectStore;
  /** Of an in-memory database. */
  readonly connection: DuckDBConnection;
  /** Where checkpoints are kept. */
  readonly folder: string;
  readonly onDelivered: (counts: BufferCounts, position: number) => void;
  readonly onTrouble: (error: Error) => void;
}

/** A delivery stream: its delivery and, when it is declared, its backup read the same records, each at its own pace. */
export class DeliveryStream {
  readonly #configuration: DeliveryConfiguration;
  readonly #surroundings: DeliverySurroundings;
  readonly #checkpoints: { delivery: Checkpoint; backup?: Checkpoint };
  #loops: { delivery: DeliveryLoop; backup?: DeliveryLoop } | undefined;

  private constructor(
    configuration: DeliveryConfiguration,
    surroundings: DeliverySurroundings,
    checkpoints: { delivery: Checkpoint; backup?: Checkpoint },
  ) {
    this.#configuration = configuration;
    this.#surroundings = surroundings;
    this.#checkpoints = checkpoints;
  }

  /** Reads the checkpoints and brings what a killed emulator staged into its place. Nothing is delivered before `start`. */
  static async open(
    configuration: DeliveryConfiguration,
    surroundings: DeliverySurroundings,
  ): Promise<DeliveryStream> {
    const { store, source, folder } = surroundings;
    const { name, fingerprint } = configuration;
    const checkpoint = (suffix: string) =>
      Checkpoint.open({
        path: join(folder, `${name}${suffix}.json`),
        store,
        source,
        configuration: fingerprint,
      });
    return new DeliveryStream(configuration, surroundings, {
      delivery: await checkpoint(""),
      ...(configuration.backup && { backup: await checkpoint(".backup") }),
    });
  }

  /** All records before it are delivered. */
  get deliveredPosition(): number {
    return this.#checkpoints.delivery.position;
  }

  /** The position before which nobody needs the stream's records any more. */
  get releasedPosition(): number {
    const { delivery, backup } = this.#checkpoints;
    return Math.min(delivery.position, backup?.position ?? Infinity);
  }

  /** What was read and waits for the buffer to be delivered. */
  get buffered(): Buffered {
    return this.#loops?.delivery.buffered ?? { records: 0, bytes: 0 };
  }

  start(): void {
    const { name, destination, conversion, unpacking, appendDelimiter, backup } = this.#configuration;
    const { store, connection, onDelivered } = this.#surroundings;
    const output = conversion
      ? new ConvertedOutput({
          deliveryStreamName: name,
          destination,
          conversion,
          unpacking,
          store,
          connection,
        })
      : new ConcatenatedOutput({ deliveryStreamName: name, destination, appendDelimiter, store });
    const delivery = this.#loop(this.#checkpoints.delivery, destination, output, onDelivered);
    this.#loops = { delivery };
    if (backup && this.#checkpoints.backup) {
      const copies = new ConcatenatedOutput({
        deliveryStreamName: name,
        destination: backup,
        appendDelimiter: false,
        store,
      });
      this.#loops.backup = this.#loop(this.#checkpoints.backup, backup, copies, () => {});
    }
  }

  /** Rejects when a loop fails for good. */
  async finished(): Promise<void> {
    await Promise.all([this.#loops?.delivery.finished, this.#loops?.backup?.finished]);
  }

  /** Delivers what is buffered, and ends. */
  async close(): Promise<void> {
    await Promise.all([this.#loops?.delivery.close(), this.#loops?.backup?.close()]);
  }

  #loop(
    checkpoint: Checkpoint,
    destination: Destination,
    output: Output,
    onDelivered: DeliverySurroundings["onDelivered"],
  ): DeliveryLoop {
    return new DeliveryLoop({
      source: this.#surroundings.source,
      checkpoint,
      output,
      sizeBytes: destination.bufferingSizeMiB * 1024 * 1024,
      intervalMilliseconds: destination.bufferingIntervalSeconds * 1000,
      onDelivered,
      onTrouble: this.#surroundings.onTrouble,
    });
  }
}
