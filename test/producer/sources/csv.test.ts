import assert from "node:assert/strict";
import { accessLog } from "../../../datasets/access-log.ts";
import type { Dataset } from "../../../schema/dataset.ts";
import { riskEvent } from "../../../datasets/risk-event.ts";
import { eventChecker } from "../../../producer/check-event.ts";
import { csvEvents } from "../../../producer/sources/csv.ts";
import { fileEvents } from "../../../producer/sources/file.ts";
import { gzipSync } from "node:zlib";
import { collected, temporaryFolder } from "../helpers/files.ts";

const folder = temporaryFolder();
const header = "Name,DiscoveryDate,NetLoss";

async function* inChunks(text: string | Buffer, size = 7) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  await Promise.resolve();
}
const eventsOf = (text: string | Buffer, dataset: Dataset = riskEvent) =>
  collected(csvEvents(inChunks(text), dataset, "r.csv"));
const valuesOf = async (text: string, dataset: Dataset = riskEvent) =>
  (await eventsOf(text, dataset)).map(({ line }) => JSON.parse(line) as unknown);
const refused = (text: string | Buffer, message: RegExp) =>
  assert.rejects(eventsOf(text), (error: Error) => {
    assert.equal(error.name, "InputError");
    assert.match(error.message, message);
    return true;
  });

describe("a CSV file", () => {
  it("gives events with the types of the dataset; an empty field is null", async () => {
    assert.deepEqual(await valuesOf(`${header}\n"Fraud, ""external""",2026-11-19,12.5\nB,2026-11-20,\n`), [
      { Name: 'Fraud, "external"', DiscoveryDate: "2026-11-19", NetLoss: 12.5 },
      { Name: "B", DiscoveryDate: "2026-11-20", NetLoss: null },
    ]);
  });

  it("may have its columns in any order and case, with a semicolon or tab, CRLF and a byte order mark", async () => {
    const expected = [{ NetLoss: 1, Name: "a", DiscoveryDate: "2026-11-19" }];
    for (const delimiter of [";", "\t"]) {
      const rows = [
        ["net_loss", "NAME", "discovery date"],
        ["1", "a", "2026-11-19"],
      ];
      const text = `\uFEFF${rows.map((row) => row.join(delimiter)).join("\r\n")}\r\n`;
      assert.deepEqual(await valuesOf(text), expected);
    }
  });

  it("names each row by its first line, though fields hold newlines", async () => {
    const events = await eventsOf(`${header}\n"a\nb",2026-11-19,1\nc,2026-11-19,2\n`);
    assert.deepEqual(
      events.map(({ place }) => place?.lineNumber),
      [2, 4],
    );
  });

  it("goes on after ragged rows, which come with their problem", async () => {
    const events = await eventsOf(
      `${header}\na,2026-11-19,1\nb,2026-11-19\nc,2026-11-19,3,4\nd,2026-11-19,4\n`,
    );
    assert.deepEqual(
      events.map(({ line, problem }) => problem ?? (JSON.parse(line) as { Name: string }).Name),
      ["a", "has 2 fields where the header has 3", "has 4 fields where the header has 3", "d"],
    );
  });

  const outcomes = async (text: string | Buffer) =>
    (await eventsOf(text)).map(({ line, place, problem }) => [
      place?.lineNumber,
      problem ?? (JSON.parse(line) as { Name: string }).Name,
    ]);
  const neverClosed = "opens a quote that is not closed again";

  it("names a quote that is never closed, and goes on with the next line", async () => {
    assert.deepEqual(await outcomes(`${header}\na,2026-11-19,1\nb,"2026-11-19,2\nc,2026-11-19,3\n`), [
      [2, "a"],
      [3, neverClosed],
      [4, "c"],
    ]);
  });

  it("names a quote that only the quote of a later row closes", async () => {
    const rows = ['"a,2026-11-19,1', "b,2026-11-19,2", '"c, d",2026-11-19,3', '"e\nf",2026-11-19,3', '"g'];
    assert.deepEqual(await outcomes(`${header}\n${rows.join("\n")}`), [
      [2, neverClosed],
      [3, "b"],
      [4, "c, d"],
      [5, "e\nf"],
      [7, neverClosed],
    ]);
  });

  it("names a quote that stays open for more than 1,000 lines", async () => {
    const text = `${header}\n"a,2026-11-19,1\n${"b,2026-11-19,2\n".repeat(1_100)}`;
    const events = await outcomes(text);
    assert.deepEqual(events.slice(0, 2), [
      [2, neverClosed],
      [3, "b"],
    ]);
    assert.equal(events.length, 1_101);
  });

  it("names a row that is too long for a record, and goes on after it, whatever the chunks", async () => {
    for (const size of [65_536, 10_000_000]) {
      const text = `${header}\na,2026-11-19,1\n${"x".repeat(5_000_000)},2026-11-19,2\nb,2026-11-19,3\n`;
      const events = await collected(csvEvents(inChunks(text, size), riskEvent, "r.csv"));
      assert.deepEqual(
        events.map(({ place, problem, cutShort }) => [place?.lineNumber, problem, cutShort]),
        [
          [2, undefined, undefined],
          [3, "is 5,000,014 bytes long; a record of Firehose holds 1,024,000 at most", true],
          [4, undefined, undefined],
        ],
      );
      assert.equal(events[1]?.line.length, 1024);
    }
  });

  it("counts empty lines in the numbers of its rows", async () => {
    assert.deepEqual(await outcomes(`${header}\n\na,2026-11-19,1\n\n\nb,2026-11-19,2\n`), [
      [3, "a"],
      [6, "b"],
    ]);
  });

  it("keeps a quote in the middle of a field as it is", async () => {
    assert.deepEqual((await valuesOf(`${header}\n19" rack,2026-11-19,1\n`))[0], {
      Name: '19" rack',
      DiscoveryDate: "2026-11-19",
      NetLoss: 1,
    });
  });

  it("leaves a text that is no number as text, so that the check names it", async () => {
    const [event] = await eventsOf(`${header}\na,2026-11-19,"1.200,50"\n`);
    assert.ok(event);
    assert.match(
      eventChecker(riskEvent)(event).problem ?? "",
      /^NetLoss is "1\.200,50": it must be number or null$/,
    );
  });

  it("names rows of another encoding", async () => {
    const events = await eventsOf(
      Buffer.from(`${header}\nMüller,2026-11-19,1\nMaier,2026-11-19,2\n`, "latin1"),
    );
    assert.deepEqual(
      events.map(({ problem }) => problem),
      ["is not UTF-8. Convert the file: iconv -f WINDOWS-1252 -t UTF-8", undefined],
    );
  });

  it("is refused when its header does not fit, with the columns there are", async () => {
    await refused(
      "Name,Date,Loss\na,b,c\n",
      /^r\.csv: the header does not fit: "Date", "Loss" are no columns of risk-event; DiscoveryDate is missing\.\nThe columns are Region, /,
    );
    await refused(`${header},netloss\n`, /netloss is there twice/);
    await refused("a,2026-11-19,1\nb,2026-11-19,1\n", /"a", "2026-11-19", "1" are no columns/);
    await refused(
      `Name,"Date\nName,DiscoveryDate\n`,
      /^r\.csv: the header opens a quote that is not closed again/,
    );
    await refused("", /r\.csv has no header\. Its first line names the columns: Region, /);
    await refused(`${header}\n`, /r\.csv has a header and no rows/);
    await refused(Buffer.from(`\uFEFF${header}\n`, "utf16le"), /is UTF-16/);
  });

  it("is told by its name, gzip or not", async () => {
    const text = `${header}\na,2026-11-19,1\n`;
    for (const [name, content] of [
      ["a.csv", text],
      ["a.CSV.gz", gzipSync(text)],
    ] as const) {
      const events = await collected(await fileEvents(await folder.write(name, content), riskEvent));
      assert.deepEqual(
        events.map(({ line }) => line),
        ['{"Name":"a","DiscoveryDate":"2026-11-19","NetLoss":1}'],
      );
    }
    await assert.rejects(
      fileEvents(await folder.write("bad.csv", "x\n1\n"), riskEvent),
      /the header does not fit/,
    );
  });

  it("has numbers of the access log as numbers, unless a number would lose digits", async () => {
    const values = await valuesOf(
      "time,status,bytes\n2026-11-19T10:00:00Z,200,9007199254740993\n",
      accessLog,
    );
    assert.deepEqual(values, [{ time: "2026-11-19T10:00:00Z", status: 200, bytes: "9007199254740993" }]);
  });
});
