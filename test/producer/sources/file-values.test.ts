import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { fileValues } from "../../../producer/sources/file-values.ts";
import { WrittenNumber } from "../../../schema/infer/written-number.ts";
import { collected, temporaryFolder } from "../helpers/files.ts";

const folder = temporaryFolder();
const valuesOf = async (name: string, content: string | Uint8Array) =>
  collected(fileValues(await folder.write(name, content)));
const refused = (name: string, content: string | Uint8Array, message: RegExp) =>
  assert.rejects(valuesOf(name, content), (error: Error) => {
    assert.equal(error.name, "InputError");
    assert.match(error.message, message);
    return true;
  });

const log = '192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "-"';

describe("a file of events whose dataset nobody knows", () => {
  it("is NDJSON, plain or gzip; what is no event is undefined", async () => {
    const lines = '{"a":1}\n[1]\n{"a":\n7\n{"a":2}\n';
    const values = [{ a: 1 }, undefined, undefined, undefined, { a: 2 }];
    assert.deepEqual(await valuesOf("a.ndjson", lines), values);
    assert.deepEqual(await valuesOf("a.json.gz", gzipSync(lines)), values);
  });

  it("keeps numbers as they are written where JavaScript does not", async () => {
    const [event] = await valuesOf("b.ndjson", '{"a":1.0,"b":12345678901234567890}\n');
    assert.deepEqual(event, { a: new WrittenNumber("1.0"), b: new WrittenNumber("12345678901234567890") });
  });

  it("is an access log in combined format", async () => {
    const [event, none] = (await valuesOf("access.log", `${log}\n${log.slice(0, 40)}\n`)) as Record<
      string,
      unknown
    >[];
    assert.deepEqual([event!["time"], event!["status"], none], ["2015-05-17T10:05:03Z", 200, undefined]);
  });

  it("is CSV by its name: numbers, true and false by how they look, 007 as text, nothing as null", async () => {
    const [first, second, none] = await valuesOf(
      "o.csv",
      "Order Id,n,ok,zip\na,1.50,TRUE,007\nb,,x,1\nc,1\n",
    );
    assert.deepEqual(first, { Order_Id: "a", n: new WrittenNumber("1.50"), ok: true, zip: "007" });
    assert.deepEqual(second, { Order_Id: "b", n: null, ok: "x", zip: new WrittenNumber("1") });
    assert.equal(none, undefined);
    assert.deepEqual(await valuesOf("o.tsv.gz", gzipSync("a\tb\nx\ty\n")), [{ a: "x", b: "y" }]);
  });

  const bad: [what: string, name: string, content: string | Uint8Array, message: RegExp][] = [
    ["an empty file", "e.ndjson", "", /e\.ndjson is empty: it holds no events\.$/],
    ["blank lines", "blank.ndjson", "\n \n", /holds nothing but blank lines/],
    [
      "gzip that is cut short",
      "cut.ndjson.gz",
      gzipSync('{"a":1}\n'.repeat(99)).subarray(0, 25),
      /is a gzip file that is cut short/,
    ],
    ["one JSON array", "array.json", '[{"a":1}]\n', /is a JSON array.*\nConvert it: jq -c '\.\[\]'/],
    [
      "objects over several lines",
      "pretty.json",
      '{\n "a": 1\n}\n',
      /over several lines.*\nConvert it: jq -c \./,
    ],
    [
      "a binary file",
      "x.bin",
      Uint8Array.from({ length: 3000 }, (_, n) => (n * 37) % 251 || 9),
      /x\.bin:1 is neither JSON nor in combined/,
    ],
    ["UTF-16", "u.ndjson", Buffer.from('\uFEFF{"a":1}', "utf16le"), /is UTF-16/],
    [
      "CSV without a header",
      "h.csv",
      "1,a\n2,b\n",
      /its first line holds a value, "1", so it has no header\. Write a first line/,
    ],
    ["CSV with days for a header", "d.csv", "x,2026-11-20\n", /holds a value, "2026-11-20"/],
    ["CSV with a name twice", "t.csv", "a,b,A\n1,2,3\n", /its header has "A" twice/],
    ["CSV with a column without a name", "n.csv", "a,,b\n1,2,3\n", /column 2 of its header has no name/],
    ["CSV without rows", "r.csv", "a,b\n", /has a header and no rows/],
  ];
  for (const [what, name, content, message] of bad) {
    it(`is refused when it is ${what}`, () => refused(name, content, message));
  }

  it("is refused when it is a folder or not there", async () => {
    await assert.rejects(collected(fileValues(folder.path("."))), /is a folder\. Name its files/);
    await assert.rejects(collected(fileValues(folder.path("none"))), /there is no such file/);
  });

  it("may begin with some lines that are none, not with a hundred", async () => {
    assert.equal((await valuesOf("late.ndjson", `${"x\n".repeat(99)}{"a":1}\n`)).length, 100);
    await refused("never.ndjson", `${"x\n".repeat(100)}{"a":1}\n`, /neither JSON nor/);
  });
});
