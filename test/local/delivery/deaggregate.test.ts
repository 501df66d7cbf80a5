import assert from "node:assert/strict";
import fc from "fast-check";
import { deaggregate } from "../../../local/delivery/deaggregate.ts";

type Found = { value: unknown } | { malformed: string; reason: string };

function documentsOf(record: string | Buffer): Found[] {
  const found: Found[] = [];
  const count = deaggregate(Buffer.from(record), {
    document: (value, text, index) => {
      assert.equal(index, found.length);
      assert.deepEqual(JSON.parse(text), value);
      found.push({ value });
    },
    malformed: (bytes, index, reason) => {
      assert.equal(index, found.length);
      found.push({ malformed: bytes.toString("latin1"), reason });
    },
  });
  assert.equal(count, found.length);
  return found;
}

const values = (record: string) =>
  documentsOf(record).map((found) => ("value" in found ? found.value : { malformed: found.malformed }));

describe("de-aggregation", () => {
  const anyDocument = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));

  it("finds any documents again, joined by nothing, by newlines or by white space", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(anyDocument, fc.constantFrom("", "\n", "\r\n", " ", "\t\n \n"), fc.constantFrom(0, 2)),
        ),
        (documents) => {
          const record = documents
            .map(([value, joint, indent]) => JSON.stringify(value, null, indent) + joint)
            .join("");
          assert.deepEqual(
            values(record),
            documents.map(([value]) => JSON.parse(JSON.stringify(value)) as unknown),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("isolates a cut-off document between any others that have lines of their own", () => {
    fc.assert(
      fc.property(
        fc.array(anyDocument),
        anyDocument,
        fc.array(anyDocument),
        fc.nat(),
        (before, cut, after, at) => {
          const whole = JSON.stringify(cut);
          const half = whole.slice(0, 1 + (at % (whole.length - 1)));
          const record = [
            ...before.map((value) => JSON.stringify(value)),
            half,
            ...after.map((v) => JSON.stringify(v)),
          ];
          assert.deepEqual(
            values(record.join("\n")),
            [...before, { malformed: half }, ...after].map(
              (value) => JSON.parse(JSON.stringify(value)) as unknown,
            ),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("never fails, whatever the bytes, and loses none but white space", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,\\\n 1e-a\u00e9') }), (text) => {
        let length = 0;
        deaggregate(Buffer.from(text), {
          document: (_value, found) => (length += found.replaceAll(/\s/g, "").length),
          malformed: (bytes) => (length += bytes.toString().replaceAll(/\s/g, "").length),
        });
        assert.equal(length, text.replaceAll(/\s/g, "").length);
      }),
      { numRuns: 2000 },
    );
  });

  it("goes on at the next newline after a malformed document", () => {
    assert.deepEqual(values('{"a":1}oops{"b":2}\n{"c":3}'), [
      { a: 1 },
      { malformed: 'oops{"b":2}' },
      { c: 3 },
    ]);
  });

  it("takes a record without a newline for one event", () => {
    assert.deepEqual(values('{"a":1}'), [{ a: 1 }]);
  });

  it("finds nothing in an empty record or in white space", () => {
    assert.deepEqual(values(""), []);
    assert.deepEqual(values(" \r\n\t"), []);
  });

  it("isolates a line that is not UTF-8, with its bytes", () => {
    const record = Buffer.concat([
      Buffer.from('{"a":"\u00e9"}\n'),
      Buffer.from([0x22, 0xff, 0x22]),
      Buffer.from('\n{"b":2}'),
    ]);
    assert.deepEqual(documentsOf(record), [
      { value: { a: "\u00e9" } },
      { malformed: '"\u00ff"', reason: "Invalid UTF-8" },
      { value: { b: 2 } },
    ]);
  });

  it("says what is wrong with a document that is no JSON", () => {
    const [found] = documentsOf('{"a":oops}');
    assert.match((found as { reason: string }).reason, /^Unexpected token 'o'/);
  });

  it("finds the end of documents with a megabyte of text", () => {
    const [first, second] = [{ a: '"\\'.repeat(250_000) }, { b: "x".repeat(1_000_000) }];
    assert.deepEqual(values(JSON.stringify(first) + JSON.stringify(second)), [first, second]);
  });

  it("takes a megabyte of cut-off lines in one go", () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `{"id":${i},"text":"${"x".repeat(30)}`);
    assert.equal(documentsOf(lines.join("\n")).length, 20_000);
  });
});
