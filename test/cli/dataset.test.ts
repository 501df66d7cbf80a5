import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyProject } from "../engine/project-copy.ts";
import { inTemporaryFolder, runCli } from "../helpers/run-cli.ts";

const orders = Array.from({ length: 200 }, (_, n) =>
  JSON.stringify({
    order_id: `o${n}`,
    at: "2026-11-20T10:00:00Z",
    amount: n === 7 ? "free" : n,
    open: n % 2 === 0,
  }),
).join("\n");

const declaration = (
  name: string,
  rest = 'timeZone: "UTC",\n  since: "2026-11-20",',
) => `export const ${name} = defineDataset({
  name: "${name}",
  description: "Inferred from 200 events.",
  columns: {
    order_id: { type: "string", description: "Text of 2 to 4 characters.", required: true },
    at: {
      type: "timestamp",
      description: "From 2026-11-20T10:00:00Z to 2026-11-20T10:00:00Z.",
      required: true,
    },
    amount: { type: "string", description: "Text, or what else there is as its JSON.", required: true },
    open: { type: "boolean", description: "True or false.", required: true },
  },
  eventTime: "at",
  eventId: "order_id",
  ${rest}
});
`;

describe("sluice dataset infer", () => {
  it("prints the declaration alone on stdout, and what is not sure on stderr", () =>
    inTemporaryFolder(async (cwd) => {
      await writeFile(join(cwd, "orders.ndjson"), orders);
      const { exitCode, stdout, stderr } = await runCli(["dataset", "infer", "orders.ndjson"], { cwd });
      assert.equal(exitCode, 0);
      assert.equal(stdout, `import { defineDataset } from "sluice/dataset";\n\n${declaration("orders")}`);
      assert.deepEqual(stderr.trimEnd().split("\n"), [
        "`amount`: 1 of 200 values is text, the others numbers, so it is a string: Firehose keeps what is no text as its JSON, a producer's check takes text alone.",
        "`order_id`: it was taken for the event id: it is another in each of 200 events.",
      ]);
      assert.deepEqual(await readdir(cwd), ["orders.ndjson"]);
    }));

  it("takes a name, a time zone and what to import from", () =>
    inTemporaryFolder(async (cwd) => {
      await writeFile(join(cwd, "orders.ndjson"), orders);
      const options = ["--name", "sales", "--time-zone", "Asia/Tokyo", "--import", "../schema/dataset.ts"];
      const { stdout } = await runCli(["dataset", "infer", "orders.ndjson", ...options], { cwd });
      const rest = 'timeZone: "Asia/Tokyo",\n  since: "2026-11-20",';
      assert.equal(
        stdout,
        `import { defineDataset } from "../schema/dataset.ts";\n\n${declaration("sales", rest)}`,
      );
    }));

  it("says in a line or two what is wrong, with nothing on stdout", () =>
    inTemporaryFolder(async (cwd) => {
      await writeFile(join(cwd, "orders.ndjson"), orders);
      await writeFile(join(cwd, "timeless.ndjson"), '{"a":1}\n');
      await writeFile(join(cwd, "empty.ndjson"), "");
      const calls: [args: string[], exitCode: number, stderr: RegExp][] = [
        [[], 2, /missing required argument 'file'/],
        [["none.ndjson"], 1, /^sluice: none\.ndjson: there is no such file\. Check the path\.\n$/],
        [["."], 1, /^sluice: \. is a folder/],
        [["empty.ndjson"], 1, /^sluice: empty\.ndjson is empty: it holds no events\.\n$/],
        [["timeless.ndjson"], 1, /^sluice: timeless\.ndjson: no column is a time that Firehose reads: /],
        [
          ["orders.ndjson", "--name", "My Orders"],
          2,
          /^sluice: Dataset "My Orders":\n {2}name "My Orders": use 1-24/,
        ],
        [
          ["orders.ndjson", "--time-zone", "Mars/North"],
          2,
          /timeZone "Mars\/North": no such IANA time zone\.\n$/,
        ],
      ];
      for (const [args, exitCode, stderr] of calls) {
        const result = await runCli(["dataset", "infer", ...args], { cwd });
        assert.deepEqual([result.exitCode, result.stdout], [exitCode, ""], args.join(" "));
        assert.match(result.stderr, stderr);
        assert.doesNotMatch(result.stderr, /\n {4}at /);
      }
    }));
});

describe("sluice dataset list", () => {
  it("has a row for each pipeline that the program here declares", () =>
    inTemporaryFolder(async (cwd) => {
      const folder = join(cwd, "project");
      await copyProject(folder);
      await writeFile(
        join(folder, "datasets", "orders.ts"),
        `import { defineDataset } from "../schema/dataset.ts";\n${declaration("orders")}`,
      );
      const { exitCode, stdout, stderr } = await runCli(
        ["dataset", "list", "--stack", "dev", "--format", "csv"],
        { cwd: folder },
      );
      assert.deepEqual([exitCode, stderr], [0, ""]);
      const rows = stdout.trim().split(/\r?\n/);
      assert.equal(
        rows[0],
        "dataset,pipeline,columns,event_time,event_id,session_id,partitions,time_zone,since,description",
      );
      assert.ok(
        rows.includes("orders,orders,4,at,order_id,,day,UTC,2026-11-20,Inferred from 200 events."),
        stdout,
      );
      assert.ok(
        rows.some((row) => row.startsWith("clickstream,clickstream,14,event_time,event_id,session_id,hour,")),
      );
    }));

  it("says so where the folder's program declares none", () =>
    inTemporaryFolder(async (cwd) => {
      await writeFile(join(cwd, "Pulumi.yaml"), "name: demo\nruntime: nodejs\n");
      await writeFile(join(cwd, "Pulumi.local.yaml"), "");
      await writeFile(join(cwd, "index.ts"), "export {};\n");
      const { exitCode, stdout, stderr } = await runCli(["dataset", "list"], { cwd });
      assert.deepEqual([exitCode, stdout], [1, ""]);
      assert.match(stderr, /^sluice: the program declares no pipeline\. Declare one/);
    }));
});

describe("sluice dataset document", () => {
  it("writes a page for each dataset into a folder, or all of them to stdout", () =>
    inTemporaryFolder(async (cwd) => {
      const output = join(cwd, "docs", "dictionary");
      const written = await runCli(["dataset", "document", "--output", output]);
      assert.deepEqual([written.exitCode, written.stdout], [0, ""]);
      const pages = await readdir(output);
      assert.ok(pages.includes("clickstream.md"));
      assert.deepEqual(
        written.stderr.trimEnd().split("\n").sort(),
        pages.map((page) => `wrote ${join(output, page)}`).sort(),
      );
      const { stdout } = await runCli(["dataset", "document"]);
      for (const page of pages) assert.ok(stdout.includes(await readFile(join(output, page), "utf8")), page);
    }));

  it("says which page can't be written", () =>
    inTemporaryFolder(async (cwd) => {
      await mkdir(join(cwd, "a"));
      await writeFile(join(cwd, "a", "file"), "");
      const { exitCode, stderr } = await runCli(["dataset", "document", "--output", join(cwd, "a", "file")]);
      assert.equal(exitCode, 1);
      assert.match(stderr, /^sluice: .*file\/[a-z-]+\.md can't be written: E/);
    }));
});
