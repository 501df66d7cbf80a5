import assert from "node:assert/strict";
import fc from "fast-check";
import { join } from "node:path";
import { Checkpoint } from "../../../local/delivery/checkpoint.ts";
import { DeliveryLoop, type DeliveryLoopOptions } from "../../../local/delivery/delivery-loop.ts";
import type { Output, StagedBuffer } from "../../../local/delivery/output.ts";
import type { RecordSource, SourceRecord } from "../../../local/delivery/record-source.ts";
import { ObjectStore } from "../../../local/lake/object-store.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Records in memory; a position is an index. */
class Source implements RecordSource {
  readonly start = 0;
  readonly records: SourceRecord[] = [];
  readonly #listeners = new Set<() => void>();

  get end(): number {
    return this.records.length;
  }

  put(...sizes: number[]): void {
    for (const size of sizes) {
      this.records.push({
        data: Buffer.alloc(size),
        sequenceNumber: String(this.end),
        approximateArrivalTimestamp: 0,
        nextPosition: this.end + 1,
      });
    }
    for (const listener of this.#listeners) listener();
  }

  read(position: number): Promise<SourceRecord[]> {
    return Promise.resolve(this.records.slice(position, position + 3));
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Keeps the sequence numbers of each buffer instead of an object. */
class Buffers implements Output {
  readonly delivered: number[][] = [];
  failures = 0;
  #current: number[] = [];

  clear(): Promise<void> {
    this.#current = [];
    return Promise.resolve();
  }

  add(record: SourceRecord): void {
    this.#current.push(Number(record.sequenceNumber));
  }

  stage(): Promise<StagedBuffer> {
    if (this.failures-- > 0) return Promise.reject(new Error("no space left on device"));
    this.delivered.push([...this.#current]);
    const counts = {
      records: this.#current.length,
      events: 0,
      rows: 0,
      failedEvents: 0,
      objects: 0,
      errorObjects: 0,
    };
    return Promise.resolve({ objects: [], counts: { ...counts, bytes: { json: 0, parquet: 0 } } });
  }
}

describe("a delivery", () => {
  const folder = temporaryFolder();
  let run = 0;
  const start = async (source: Source, output: Output, options: Partial<DeliveryLoopOptions> = {}) => {
    const checkpoint = await Checkpoint.open({
      path: join(folder(), `${run++}.json`),
      store: new ObjectStore(folder()),
      source,
      configuration: "",
    });
    const loop = new DeliveryLoop({
      source,
      checkpoint,
      output,
      sizeBytes: 100,
      intervalMilliseconds: 900_000,
      onDelivered: () => {},
      onTrouble: () => {},
      ...options,
    });
    return { loop, checkpoint };
  };

  it("puts every record into exactly one object, in order, none larger than the size by more than its last record", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat({ max: 150 }), { maxLength: 10 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 300 }),
        async (batches, sizeBytes) => {
          const [source, output] = [new Source(), new Buffers()];
          const { loop, checkpoint } = await start(source, output, { sizeBytes });
          for (const batch of batches) {
            source.put(...batch);
            await Promise.resolve();
          }
          await loop.close();

          const all = source.records.map((_, index) => index);
          assert.deepEqual(output.delivered.flat(), all);
          assert.equal(checkpoint.position, all.length);
          const bytes = (numbers: number[]) =>
            numbers.reduce((sum, number) => sum + (source.records[number] as SourceRecord).data.length, 0);
          for (const [index, buffer] of output.delivered.entries()) {
            assert.ok(bytes(buffer.slice(0, -1)) < sizeBytes, "it was full before its last record");
            if (index < output.delivered.length - 1) assert.ok(bytes(buffer) >= sizeBytes, "it was not full");
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("delivers a buffer that is not full when its interval ends", async () => {
    const [source, output] = [new Source(), new Buffers()];
    const delivered = Promise.withResolvers<void>();
    const { loop } = await start(source, output, {
      intervalMilliseconds: 5,
      onDelivered: () => delivered.resolve(),
    });
    source.put(1, 1);
    await delivered.promise;
    assert.deepEqual(output.delivered, [[0, 1]]);
    await loop.close();
  });

  it("delivers what it reads at once when the interval is 0", async () => {
    const [source, output] = [new Source(), new Buffers()];
    const delivered = Promise.withResolvers<void>();
    const onDelivered = (_: unknown, position: number) => position === 4 && delivered.resolve();
    const { loop } = await start(source, output, { intervalMilliseconds: 0, onDelivered });
    source.put(1, 1, 1, 1);
    await delivered.promise;
    assert.deepEqual(output.delivered, [[0, 1, 2], [3]]);
    await loop.close();
  });

  it("makes no object of nothing", async () => {
    const output = new Buffers();
    const { loop } = await start(new Source(), output, { intervalMilliseconds: 0 });
    await loop.close();
    assert.deepEqual(output.delivered, []);
  });

  it("tries again until the objects can be written", async () => {
    const [source, output] = [new Source(), new Buffers()];
    output.failures = 1;
    const troubles: string[] = [];
    const delivered = Promise.withResolvers<void>();
    const { loop } = await start(source, output, {
      intervalMilliseconds: 0,
      onTrouble: ({ message }) => troubles.push(message),
      onDelivered: () => delivered.resolve(),
    });
    source.put(1);
    await delivered.promise;
    assert.deepEqual(troubles, ["no space left on device"]);
    assert.deepEqual(output.delivered, [[0]]);
    await loop.close();
  });

  it("leaves in the stream what can't be written when it is closed", async () => {
    const [source, output] = [new Source(), new Buffers()];
    output.failures = Infinity;
    const { loop, checkpoint } = await start(source, output);
    source.put(1);
    await loop.close();
    assert.equal(checkpoint.position, 0);
    assert.equal(loop.buffered.records, 1);
  });

  it("fails for good when the source can't be read, and says so to those that wait", async () => {
    const source = new Source();
    source.read = () => Promise.reject(new Error("the journal is damaged"));
    const { loop } = await start(source, new Buffers());
    await assert.rejects(loop.finished, /the journal is damaged/);
    await assert.rejects(loop.close(), /the journal is damaged/);
  });
});
