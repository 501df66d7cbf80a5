import { CallPacker } from "./call-packer.ts";
import { deliver, type Delivery, type DeliverOptions } from "./deliver.ts";
import type { PackedRecord } from "./pack.ts";
import type { Sink } from "./sinks/sink.ts";

export interface DispatcherOptions extends DeliverOptions {
  /** How many calls are under way at most, 1-64. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Called after each call's records were taken or given up. What it throws ends the sending. */
  readonly onDelivered: (delivery: Delivery) => void | Promise<void>;
}

/** Gathers records into calls within the sink's limits and keeps a few calls under way. */
export class Dispatcher {
  readonly #sink: Sink;
  readonly #options: DispatcherOptions;
  readonly #concurrency: number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #calls: CallPacker;
  #error: Error | undefined;

  constructor(sink: Sink, options: DispatcherOptions) {
    const { concurrency = 4 } = options;
    if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 64) {
      throw new Error(`concurrency ${concurrency}: use a whole number from 1 to 64.`);
    }
    this.#sink = sink;
    this.#calls = new CallPacker(sink.limits);
    this.#options = options;
    this.#concurrency = concurrency;
  }

  /** Takes a record; waits while as many calls are under way as may be. */
  async add(record: PackedRecord): Promise<void> {
    const full = this.#calls.add(record);
    if (full) await this.#start(full);
  }

  /** Sends what was gathered; waits for a free place only, not for the answer. */
  flush(): Promise<void> {
    return this.#start(this.#calls.flush());
  }

  /** Sends what was gathered and waits until every record was taken or given up. */
  async drain(): Promise<void> {
    await this.flush();
    while (this.#underWay.size > 0) await Promise.race(this.#underWay);
    this.#throwError();
  }

  async #start(records: readonly PackedRecord[] | undefined): Promise<void> {
    if (records) {
      const call = this.#send(records)
        .catch((error: unknown) => {
          this.#error ??= error as Error;
        })
        .finally(() => this.#underWay.delete(call));
      this.#underWay.add(call);
    }
    while (this.#underWay.size >= this.#concurrency) await Promise.race(this.#underWay);
    this.#throwError();
  }

  async #send(records: readonly PackedRecord[]): Promise<void> {
    await this.#options.onDelivered(await deliver(this.#sink, records, this.#options));
  }

  #throwError(): void {
    if (this.#error) throw this.#error;
  }
}
