import assert from "node:assert/strict";
import fc from "fast-check";
import { CallPacker } from "../../producer/call-packer.ts";
import { EventTooLargeError, Packer, defaultRecordBytes, largestRecordBytes } from "../../producer/pack.ts";
import { linesOf } from "./helpers/sinks.ts";

describe("packing", () => {
  it("keeps every event once, in order, in records within the target unless an event alone is larger", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => JSON.stringify(text))),
        fc.integer({ min: 1, max: 200 }),
        (lines, recordBytes) => {
          const packer = new Packer({ recordBytes });
          const records = lines.flatMap((line) => packer.add(line) ?? []);
          records.push(...[packer.flush()].flatMap((record) => record ?? []));
          assert.deepEqual(records.flatMap(linesOf), lines);
          for (const { data, events } of records) assert.ok(data.length <= recordBytes || events === 1);
          assert.equal(
            records.reduce((sum, { events }) => sum + events, 0),
            lines.length,
          );
        },
      ),
    );
  });

  it("fills records: two in a row never fit into one", () => {
    const packer = new Packer({ recordBytes: 100 });
    const records = Array.from({ length: 100 }, (_, i) => packer.add("x".repeat((i * 7) % 60))).filter(
      (r) => r !== undefined,
    );
    for (let i = 1; i < records.length; i++) {
      assert.ok((records[i - 1]?.data.length ?? 0) + (records[i]?.data.length ?? 0) > 100);
    }
  });

  it("ends each event with a newline, the last one too", () => {
    const packer = new Packer();
    packer.add('{"a":1}');
    packer.add('{"ü":2}');
    assert.equal(packer.waitingBytes, 17);
    assert.deepEqual(packer.flush(), { data: Buffer.from('{"a":1}\n{"ü":2}\n'), events: 2 });
    assert.equal(packer.flush(), undefined);
  });

  it("is by default within five steps of 5 KB and one PUT payload unit, its partition key included", () => {
    assert.ok(defaultRecordBytes + 8 <= 25_000);
    assert.ok(Math.ceil(defaultRecordBytes / 5_120) === 5);
  });

  it("gives an event that is larger than the target a record of its own", () => {
    const packer = new Packer({ recordBytes: 10 });
    packer.add("small");
    assert.deepEqual(packer.add("x".repeat(50))?.events, 1);
    assert.equal(packer.flush()?.data.length, 51);
  });

  it("refuses an event that is larger than a record, and keeps what it had", () => {
    const packer = new Packer();
    packer.add("kept");
    assert.throws(
      () => packer.add("x".repeat(largestRecordBytes)),
      new EventTooLargeError(largestRecordBytes + 1, largestRecordBytes),
    );
    assert.throws(() => packer.alone("x".repeat(largestRecordBytes)), /is 1,024,001 bytes long/);
    assert.deepEqual(linesOf(packer.flush() ?? { data: Buffer.alloc(0), events: 0 }), ["kept"]);
  });

  it("refuses a target that is no size of a record", () => {
    for (const recordBytes of [0, 1.5, largestRecordBytes + 1]) {
      assert.throws(
        () => new Packer({ recordBytes }),
        /recordBytes .*: use a whole number from 1 to 1024000/,
      );
    }
  });
});

describe("gathering records into calls", () => {
  const record = (bytes: number) => ({ data: Buffer.alloc(bytes), events: 1 });
  const callsOf = (sizes: readonly number[], limits: { recordsPerCall: number; bytesPerCall: number }) => {
    const packer = new CallPacker({ ...limits, bytesPerRecord: 1000, overheadBytes: 2 });
    const records = sizes.map(record);
    const calls = [...records.map((each) => packer.add(each)), packer.flush()].flatMap((call) =>
      call ? [call] : [],
    );
    assert.equal(packer.flush(), undefined);
    return { records, calls };
  };

  it("keeps every record once, in order, within the sink's limits unless a record alone is larger", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 })),
        fc.record({
          recordsPerCall: fc.integer({ min: 1, max: 4 }),
          bytesPerCall: fc.integer({ min: 1, max: 60 }),
        }),
        (sizes, limits) => {
          const { records, calls } = callsOf(sizes, limits);
          assert.deepEqual(calls.flat(), records);
          for (const call of calls) {
            const bytes = call.reduce((sum, { data }) => sum + data.length + 2, 0);
            assert.ok(
              call.length <= limits.recordsPerCall && (bytes <= limits.bytesPerCall || call.length === 1),
            );
          }
        },
      ),
    );
  });

  it("fills calls to the last record and byte, and gives a full one without waiting for the next record", () => {
    const packer = new CallPacker({
      recordsPerCall: 2,
      bytesPerCall: 24,
      bytesPerRecord: 1000,
      overheadBytes: 2,
    });
    assert.equal(packer.add(record(10)), undefined);
    assert.equal(packer.add(record(10))?.length, 2);
    assert.equal(packer.add(record(11)), undefined);
    assert.deepEqual(
      packer.add(record(10))?.map(({ data }) => data.length),
      [11],
    );
  });
});
