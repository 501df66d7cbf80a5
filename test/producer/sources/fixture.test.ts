import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { accessLog } from "../../../datasets/access-log.ts";
import { sampleEvents } from "../../../producer/sources/fixture.ts";
import { generateEvents } from "../../../schema/sample/index.ts";
import { collected, temporaryFolder } from "../helpers/files.ts";

const folder = temporaryFolder();
const until = new Date("2026-11-20T12:00:00Z");
let project = "";
let projects = 0;

/** The lines of a sample of the project. */
const linesOf = async (options: { count?: number } = {}) =>
  (await collected(await sampleEvents(accessLog, project, { until, ...options }, 3))).map(({ line }) => line);
const byColumns = (count: number) => [...generateEvents(accessLog, { count, until })].map(({ line }) => line);
const write = (name: string, content: string | Buffer) =>
  folder.write(`${projects}/fixtures/${name}`, content);
const refused = (message: RegExp) =>
  assert.rejects(linesOf(), (error: Error) => {
    assert.equal(error.name, "InputError");
    assert.match(error.message, message);
    assert.match(error.message, /fixtures\/access-log/);
    return true;
  });

describe("the sample of a project's dataset", () => {
  beforeEach(async () => {
    project = folder.path(String(++projects));
    await mkdir(join(project, "fixtures"), { recursive: true });
  });

  it("comes from the columns where the project brings nothing for it, as many as wanted", async () => {
    assert.deepEqual(await linesOf(), byColumns(3));
    assert.deepEqual(await linesOf({ count: 5 }), byColumns(5));
    await write("other.ndjson", '{"a":1}\n');
    assert.deepEqual(await linesOf(), byColumns(3));
  });

  for (const [name, content] of [
    ["access-log.ndjson", '{"status":1}\n{"status":2}\n'],
    ["access-log.ndjson.gz", gzipSync('{"status":1}\n{"status":2}\n')],
    ["access-log.csv", "time,status\n,1\n,2\n"],
    ["access-log.csv.gz", gzipSync("time,status\n,1\n,2\n")],
  ] as const) {
    it(`is all of fixtures/${name}, and comes from the columns where a number is wanted`, async () => {
      await write(name, content);
      const rows = (await linesOf()).map((line) => (JSON.parse(line) as { status: number }).status);
      assert.deepEqual(rows, [1, 2]);
      assert.deepEqual(await linesOf({ count: 4 }), byColumns(4));
    });
  }

  it("is made by the module of its name, which knows the count; a file of events goes before it", async () => {
    await write(
      "access-log.ts",
      "export default (_random: unknown, count: number) => ({ next: (at: number) => ({ at, count }), unconvertible: [] });",
    );
    const events = (await linesOf({ count: 2 })).map(
      (line) => JSON.parse(line) as { at: number; count: number },
    );
    assert.deepEqual(
      events.map(({ count }) => count),
      [2, 2],
    );
    assert.ok(events.every(({ at }) => at < until.getTime()));
    assert.equal((await linesOf()).length, 3);
    await write("access-log.ndjson", '{"status":1}\n');
    assert.deepEqual(await linesOf(), ['{"status":1}']);
    assert.equal((await linesOf({ count: 2 })).length, 2);
  });

  it("may be made by a CommonJS module, and without values to spoil", async () => {
    await write("access-log.cjs", "module.exports = () => ({ next: () => ({ status: 7 }) });");
    assert.deepEqual(await linesOf({ count: 1 }), ['{"status":7}']);
    const spoilt = await sampleEvents(accessLog, project, { until, count: 50, malformedShare: 1 }, 1);
    for (const { line } of await collected(spoilt)) assert.throws(() => JSON.parse(line), SyntaxError);
  });

  for (const [what, module, message] of [
    ["exports nothing by default", "export const make = 1;", /has no default export that makes events/],
    ["exports no function", "export default { next: 1 };", /has no default export that makes events/],
    ["gives nothing", "export default () => undefined;", /gives no function `next`/],
    ["gives no function next", "export default () => ({ next: 3 });", /gives no function `next`/],
    ["is no module", "export default (", /can't be loaded: /],
    ["imports what is not there", 'import "./nowhere.js";', /can't be loaded: Cannot find module/],
  ] as const) {
    it(`is refused, with what to export, where the module ${what}`, async () => {
      await write("access-log.mjs", module);
      await refused(message);
      await refused(/Export by default: \(random, count\) => \(\{ next, unconvertible \}\)\.$/);
    });
  }

  for (const [what, content, message] of [
    ["empty", "", /is empty/],
    ["cut short", gzipSync('{"status":1}\n'.repeat(100)).subarray(0, 30), /is a gzip file that is cut short/],
    ["no JSON", "hello\n", /neither JSON nor in combined log format/],
  ] as const) {
    it(`is refused where its file is ${what}`, async () => {
      await write("access-log.ndjson", content);
      await refused(message);
    });
  }
});
