import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createGunzip, gzipSync } from "node:zlib";
import { accessLog } from "../../../datasets/access-log.ts";
import type { Dataset } from "../../../schema/dataset.ts";
import { clickstream } from "../../../datasets/clickstream.ts";
import { fileEvents } from "../../../producer/sources/file.ts";
import { sharedData } from "../../helpers/shared-data.ts";
import { collected, temporaryFolder } from "../helpers/files.ts";

const folder = temporaryFolder();

const linesOf = async (path: string, dataset: Dataset = accessLog) =>
  (await collected(await fileEvents(path, dataset))).map(({ line }) => line);

const refused = (path: string, message: RegExp, dataset: Dataset = accessLog) =>
  assert.rejects(fileEvents(path, dataset), (error: Error) => {
    assert.equal(error.name, "InputError");
    assert.match(error.message, message);
    assert.ok(error.message.split("\n").length <= 3);
    return true;
  });

describe("a file of events", () => {
  it("is NDJSON, line by line as it is, without blank lines, line ends and byte order mark", async () => {
    const path = await folder.write("a.ndjson", '\uFEFF{"a":1}\r\n\n  \n{"a": 2}\n{"a":3}');
    assert.deepEqual(await linesOf(path), ['{"a":1}', '{"a": 2}', '{"a":3}']);
  });

  it("may be gzip, whatever its name", async () => {
    const path = await folder.write("gzip-inside", gzipSync('{"a":1}\n{"a":2}\n'));
    assert.deepEqual(await linesOf(path), ['{"a":1}', '{"a":2}']);
  });

  it("names the place of each line", async () => {
    const path = await folder.write("places.ndjson", '{"a":1}\n\n{"a":2}\n');
    const places = (await collected(await fileEvents(path, accessLog))).map(({ place }) => place);
    assert.deepEqual(places, [
      { file: path, lineNumber: 1, fingerprint: '{"a":1}' },
      { file: path, lineNumber: 3, fingerprint: '{"a":1}' },
    ]);
  });

  it("hands out a bad line among good ones, NDJSON as it is, a log line with its problem", async () => {
    const ndjson = await folder.write("one-bad.ndjson", '{"a":1}\n{"a":\n{"a":3}\n');
    assert.deepEqual(await linesOf(ndjson), ['{"a":1}', '{"a":', '{"a":3}']);
    const good = '192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "-"';
    const log = await folder.write("one-bad.log", `${good}\n${good.slice(0, 50)}\n${good}\n`);
    const problems = (await collected(await fileEvents(log, accessLog))).map(({ problem }) => problem);
    assert.deepEqual(problems, [undefined, "is not in combined log format, or is cut off", undefined]);
  });

  it("may hold a line longer than a record: its start comes with the problem, its neighbours as they are", async () => {
    const path = await folder.write("long.ndjson", `{"a":1}\n{"a":"${"x".repeat(5_000_000)}"}\n{"a":3}\n`);
    const events = await collected(await fileEvents(path, accessLog));
    assert.deepEqual(
      events.map(({ line }) => line.length),
      [7, 1024, 7],
    );
    assert.equal(events[1]?.cutShort, true);
    assert.equal(events[1]?.problem, "is 5,000,008 bytes long; a record of Firehose holds 1,024,000 at most");
    assert.equal(events[2]?.place?.lineNumber, 3);
  });

  it("may hold a line that is not UTF-8, which comes with its problem", async () => {
    const path = await folder.write("latin1.ndjson", Buffer.from('{"a":1}\n{"a":"é"}\n', "latin1"));
    const events = await collected(await fileEvents(path, accessLog));
    assert.deepEqual(
      events.map(({ problem }) => problem),
      [undefined, "is not UTF-8: its foreign bytes were replaced by U+FFFD"],
    );
  });

  it("fails when it is not there, a folder, empty, or blank", async () => {
    await refused(folder.path("none.ndjson"), /none\.ndjson: there is no such file\. Check the path\.$/);
    await mkdir(folder.path("logs"));
    await refused(folder.path("logs"), /logs is a folder\. Name its files, such as '.*logs\/\*\.log'\.$/);
    await refused(await folder.write("empty", ""), /empty is empty: it holds no events\.$/);
    await refused(await folder.write("blank", "\n \n"), /blank holds nothing but blank lines/);
  });

  it("fails when it is a JSON array, JSON over several lines, or no JSON, and says what to do", async () => {
    await refused(
      await folder.write("array.json", '[{"a":1}]'),
      /is a JSON array; .*\nConvert it: jq -c '\.\[\]'/,
    );
    await refused(
      await folder.write("pretty.json", '{\n  "a": 1\n}\n'),
      /over several lines; .*\nConvert it: jq -c \. /,
    );
    await refused(
      await folder.write("prose.txt", "hello\nworld\n"),
      /prose\.txt:1 is neither JSON nor in combined log format: "hello"\n/,
    );
    await refused(
      await folder.write("prose2.txt", "hello\n"),
      /prose2\.txt:1 is not JSON: "hello"\n/,
      clickstream,
    );
  });

  it("fails when it is an access log for another dataset", async () => {
    const log = '192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "-"\n';
    await refused(
      await folder.write("access.log", log),
      /is an access log, but the dataset clickstream has no columns for one \(time, .*\)\. Choose another with --dataset\./,
      clickstream,
    );
  });

  it("fails when it is gzip that is cut short or damaged, before any event", async () => {
    const whole = gzipSync(Array.from({ length: 2000 }, (_, i) => `{"a":${i * 7919}}`).join("\n"));
    await refused(
      await folder.write("short.gz", whole.subarray(0, -100)),
      /short\.gz is a gzip file that is cut short\./,
    );
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 500, 600);
    await refused(await folder.write("damaged.gz", damaged), /damaged\.gz is a damaged gzip file/);
  });

  it("fails when it is UTF-16", async () => {
    await refused(
      await folder.write("utf16.json", Buffer.from('\uFEFF{"a":1}\n', "utf16le")),
      /is UTF-16; events are UTF-8\. Convert it: iconv -f UTF-16/,
    );
  });
});

describe("the real access log", () => {
  it("gives the events of the NDJSON file one by one, and names the one line that is cut off", async function () {
    const log = sharedData("access.log.gz", this);
    const lines = createInterface({
      input: createReadStream(sharedData("access.ndjson.gz", this)).pipe(createGunzip()),
    });
    const expected = (await collected(lines)).map((line) => JSON.parse(line) as unknown);
    const events = await collected(await fileEvents(log, accessLog));
    const good = events.filter(({ problem }) => problem === undefined);
    assert.equal(good.length, 9999);
    assert.deepEqual(
      good.map(({ line }) => JSON.parse(line) as unknown),
      expected,
    );
    const bad = events.filter(({ problem }) => problem !== undefined);
    assert.deepEqual(
      bad.map(({ place, problem }) => [place?.lineNumber, problem]),
      [[8899, "is not in combined log format, or is cut off"]],
    );
    assert.ok(bad[0]?.line.startsWith("46.118.127.106 - - [20/May/2015:12:05:17 +0000]"));
  });
});
