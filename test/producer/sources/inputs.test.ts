import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { accessLog } from "../../../datasets/access-log.ts";
import { deadLetterEvents } from "../../../producer/sources/dead-letter-file.ts";
import { expandInputs, inputEvents, streamEvents } from "../../../producer/sources/inputs.ts";
import { collected, temporaryFolder } from "../helpers/files.ts";

const folder = temporaryFolder();
const lines = async (events: AsyncIterable<{ line: string }>) =>
  (await collected(events)).map(({ line }) => line);

describe("inputs", () => {
  it("are paths and globs, each file once, those of a glob in order of name", async () => {
    for (const name of ["b.ndjson", "a.ndjson", "c.log"]) await folder.write(name, "{}");
    const names = ["b.ndjson", "a.ndjson", "c.log"].map(folder.path);
    assert.deepEqual(
      await expandInputs([folder.path("b.ndjson"), folder.path("*.ndjson"), folder.path("c.log")]),
      names,
    );
    await assert.rejects(expandInputs([folder.path("*.xml")]), /\*\.xml matches no file\./);
  });

  it("are sent one after the other, none when one of them cannot be sent", async () => {
    const [one, two] = [await folder.write("1", '{"a":1}\n'), await folder.write("2", gzipSync('{"a":2}\n'))];
    assert.deepEqual(await lines(await inputEvents([one, two], accessLog)), ['{"a":1}', '{"a":2}']);
    await assert.rejects(inputEvents([one, folder.path("none")], accessLog), /there is no such file/);
  });

  it("may be a stream, plain or gzip, in chunks of any size", async () => {
    const text = Buffer.from('{"a":"ü"}\n{"a":2}\n');
    for (const bytes of [text, gzipSync(text)]) {
      for (const size of [1, 3, 1000]) {
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        assert.deepEqual(await lines(streamEvents(Readable.from(chunks), accessLog)), [
          '{"a":"ü"}',
          '{"a":2}',
        ]);
      }
    }
  });

  it("may be a stream of CSV", async () => {
    const stream = Readable.from([Buffer.from("time,status\n2026-11-19T10:00:00Z,200\n")]);
    assert.deepEqual(await lines(streamEvents(stream, accessLog, { csv: true })), [
      '{"time":"2026-11-19T10:00:00Z","status":200}',
    ]);
  });

  it("fail as a stream that is empty or gzip cut short", async () => {
    await assert.rejects(
      collected(streamEvents(Readable.from([]), accessLog)),
      /^InputError: stdin holds nothing/,
    );
    const cut = gzipSync('{"a":1}\n').subarray(0, -9);
    await assert.rejects(
      collected(streamEvents(Readable.from([cut]), accessLog)),
      /stdin is a gzip file that is cut short/,
    );
  });

  it("may be dead letters, and nothing else is taken for them", async () => {
    const path = await folder.write(
      "dead",
      `${JSON.stringify({ event: '{"a":1}', code: "c", message: "m", at: "t" })}\n`,
    );
    assert.deepEqual(await lines(deadLetterEvents(path)), ['{"a":1}']);
    await assert.rejects(
      collected(deadLetterEvents(await folder.write("no", '{"a":1}\n'))),
      /no:1 is no dead letter: .*\nSend a file of events without --from\./,
    );
  });
});
