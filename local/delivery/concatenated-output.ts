import { rm, stat, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { ObjectStore } from "../lake/object-store.ts";
import type { Destination } from "./delivery-configuration.ts";
import { objectName } from "./object-key.ts";
import { OldestArrival, type Output, type StagedBuffer } from "./output.ts";
import type { SourceRecord } from "./record-source.ts";

const newline = Buffer.from("\n");

/**
 * Makes one object of a buffer by putting its records one after the other, with nothing between them unless a newline
 * is to follow each (aws-semantics 1.3).
 */
export class ConcatenatedOutput implements Output {
  readonly #name: string;
  readonly #destination: Destination;
  readonly #appendDelimiter: boolean;
  readonly #store: ObjectStore;
  #records = 0;
  #bytes = 0;
  #chunks: Buffer[] = [];
  #oldest = new OldestArrival();

  constructor(options: {
    deliveryStreamName: string;
    destination: Destination;
    appendDelimiter: boolean;
    store: ObjectStore;
  }) {
    this.#name = options.deliveryStreamName;
    this.#destination = options.destination;
    this.#appendDelimiter = options.appendDelimiter;
    this.#store = options.store;
  }

  clear(): Promise<void> {
    this.#records = this.#bytes = 0;
    this.#chunks = [];
    this.#oldest = new OldestArrival();
    return Promise.resolve();
  }

  add(record: SourceRecord): void {
    this.#chunks.push(record.data);
    if (this.#appendDelimiter) this.#chunks.push(newline);
    this.#oldest.add(record);
    this.#records++;
    this.#bytes += record.data.length;
  }

  async stage(version: number): Promise<StagedBuffer> {
    const { bucket, prefix, timeZone, extension, compression } = this.#destination;
    const { instant } = this.#oldest;
    const name = objectName({ deliveryStreamName: this.#name, version, instant, timeZone, extension });
    const file = await this.#store.temporaryFile();
    try {
      const body = Buffer.concat(this.#chunks);
      await writeFile(file, compression === "GZIP" ? await promisify(gzip)(body) : body);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return {
      objects: [{ bucket, key: prefix({ instant, timeZone }) + name, file }],
      counts: {
        records: this.#records,
        events: this.#records,
        rows: this.#records,
        failedEvents: 0,
        objects: 1,
        errorObjects: 0,
        bytes: { json: this.#bytes, parquet: (await stat(file)).size },
      },
    };
  }
}
