import assert from "node:assert/strict";
import { appendFile, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { Journal, type JournalRecord } from "../../../local/stream/journal.ts";
import type { AcknowledgedRecord } from "../../../local/stream/journal-frame.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const record = (data: string): AcknowledgedRecord => ({
  shardId: "shardId-000000000000",
  sequenceNumber: "1",
  partitionKey: "key",
  approximateArrivalTimestamp: 1_795_192_021_441,
  data: Buffer.from(data),
});

async function readAll(journal: Journal, from = journal.start): Promise<JournalRecord[]> {
  const all: JournalRecord[] = [];
  for (;;) {
    const records = await journal.read(all.at(-1)?.nextPosition ?? from, 100);
    if (records.length === 0) return all;
    all.push(...records);
  }
}

const dataOf = (records: readonly AcknowledgedRecord[]) => records.map(({ data }) => data.toString());

describe("the journal of a stream", () => {
  const folder = temporaryFolder();

  it("gives back any records in order, whatever the segments, also after it was closed", async () => {
    let run = 0;
    const anyRecord: fc.Arbitrary<AcknowledgedRecord> = fc.record(
      {
        shardId: fc.string(),
        sequenceNumber: fc.string(),
        partitionKey: fc.string({ unit: "grapheme" }),
        approximateArrivalTimestamp: fc.nat(),
        data: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      },
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyRecord, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 1000 }),
        async (batches, segmentBytes) => {
          const path = join(folder(), String(run++));
          const journal = await Journal.open(path, segmentBytes);
          for (const batch of batches) await journal.append(batch);
          await journal.close();
          const again = await Journal.open(path, segmentBytes);
          const found = (await readAll(again)).map(({ nextPosition: _, ...rest }) => rest);
          await again.close();
          assert.deepEqual(found, batches.flat());
        },
      ),
      { numRuns: 40 },
    );
  });

  it("keeps appends that run at the same time, each whole", async () => {
    const journal = await Journal.open(folder());
    await Promise.all(
      ["a", "b", "c"].map((name) => journal.append([record(`${name}1`), record(`${name}2`)])),
    );
    assert.deepEqual(dataOf(await readAll(journal)), ["a1", "a2", "b1", "b2", "c1", "c2"]);
    assert.equal(journal.appendedRecords, 6);
    await journal.close();
  });

  for (const [what, damage] of [
    ["cut off", (file: string, length: number) => truncate(file, length - 1)],
    [
      "followed by the start of a record",
      (file: string) => appendFile(file, Buffer.from([0, 0, 0, 90, 1, 2])),
    ],
    ["followed by a record with another checksum", (file: string) => appendFile(file, Buffer.alloc(40, 20))],
  ] as [string, (file: string, length: number) => Promise<void>][]) {
    it(`loses only what was never acknowledged when it is ${what}`, async () => {
      const journal = await Journal.open(folder());
      await journal.append([record("acknowledged")]);
      const kept = journal.end;
      if (what === "cut off") await journal.append([record("half-written")]);
      await journal.close();
      const file = join(folder(), (await readdir(folder()))[0] as string);
      await damage(file, (await readFile(file)).length);

      const again = await Journal.open(folder());
      assert.equal(again.end, kept);
      await again.append([record("next")]);
      assert.deepEqual(dataOf(await readAll(again)), ["acknowledged", "next"]);
      await again.close();
    });
  }

  it("removes segments only as a whole and only before the position", async () => {
    const journal = await Journal.open(folder(), 1);
    for (const name of ["a", "b", "c"]) await journal.append([record(name)]);
    const [a, b] = await readAll(journal);
    await journal.removeBefore((b as JournalRecord).nextPosition - 1);
    assert.equal(journal.start, a?.nextPosition);
    assert.deepEqual(dataOf(await readAll(journal)), ["b", "c"]);
    await journal.removeBefore(journal.end);
    assert.deepEqual(dataOf(await readAll(journal)), ["c"]);
    await journal.close();
    assert.equal((await readdir(folder())).length, 1);
  });

  it("names the file that is damaged in the middle", async () => {
    const journal = await Journal.open(folder(), 1);
    await journal.append([record("a")]);
    await journal.append([record("b")]);
    const [first] = (await readdir(folder())).sort() as [string];
    const bytes = await readFile(join(folder(), first));
    bytes[bytes.length - 1] = 0;
    await writeFile(join(folder(), first), bytes);
    await assert.rejects(readAll(journal), /0000000000000000\.log" is damaged at byte 0\./);
    await journal.close();
  });

  it("tells of each append until nobody listens", async () => {
    const journal = await Journal.open(folder());
    let told = 0;
    const stop = journal.onAppend(() => told++);
    await journal.append([record("a")]);
    stop();
    await journal.append([record("b")]);
    assert.equal(told, 1);
    await journal.close();
  });
});
