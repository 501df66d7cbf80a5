import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../producer/helpers/files.ts";
import { httpServer } from "../producer/helpers/http-server.ts";
import { TestKinesis } from "../producer/helpers/kinesis.ts";

const folder = temporaryFolder();
const log = (n: number) =>
  `192.0.2.1 - - [20/Nov/2026:10:00:00 +0000] "GET /${n} HTTP/1.1" 200 ${n} "-" "-"\n`;
const logs = (count: number) => Array.from({ length: count }, (_, n) => log(n)).join("");

function started(args: readonly string[], input?: Buffer | string) {
  const child = spawn(process.execPath, [join(root, "test/cli/send-process.ts"), ...args], {
    cwd: folder.path(""),
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: folder.path("compiled") },
  });
  if (input !== undefined) child.stdin.end(input);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = (once(child, "close") as Promise<[number]>).then(([exitCode]) => ({
    exitCode,
    stdout,
    stderr,
  }));
  return { child, ended };
}
const run = (args: readonly string[], input?: Buffer | string) => started(args, input).ended;

describe("sluice send --to http", () => {
  it("is the program that sends a CSV file: bad rows are named, the rest goes on, the exit code tells", async () => {
    const server = await httpServer();
    const rows = [
      "Name,DiscoveryDate,NetLoss",
      "a,2026-11-19,12.5",
      "b,2026-11-19",
      "c,2026-11-19,much",
      "d,2026-11-20,",
    ];
    await folder.write("orders.csv", rows.join("\n"));
    const { exitCode, stdout, stderr } = await run([
      "orders.csv",
      "--dataset",
      "risk-event",
      "--to",
      "http",
      "--url",
      server.url,
    ]);
    await server.close();
    assert.deepEqual(
      server.events().map(({ Name }) => Name),
      ["a", "d"],
    );
    assert.deepEqual(stderr.trim().split("\n"), [
      'orders.csv:3 has 2 fields where the header has 3: "b,2026-11-19" (not sent)',
      'orders.csv:4 NetLoss is "much": it must be number or null: "{\\"Name\\":\\"c\\",\\"DiscoveryDate\\":\\"2026-11-19\\",\\"NetLoss\\":\\"much\\"}" (not sent)',
    ]);
    assert.match(
      stdout,
      /^Sent to http:\/\/127\.0\.0\.1:\d+\/events: 2 events, .* 1 record, .* about \$.* on AWS\nNot sent: 2\n$/,
    );
    assert.equal(exitCode, 1);
  });

  it("writes what was given up to a file, and sends that again with --from", async () => {
    const server = await httpServer(
      (_, response, count) => void response.writeHead(count === 1 ? 400 : 200).end("no"),
    );
    await folder.write("a.log", logs(3));
    const to = ["--dataset", "access-log", "--to", "http", "--url", server.url];
    const first = await run(["a.log", ...to, "--json"]);
    assert.equal(first.exitCode, 1);
    assert.match(
      first.stderr,
      /answered 400: no\.\nWhat is given up goes to access-log\.dead-letters\.ndjson; send it again with --from\.\n$/,
    );
    const { events, undelivered } = JSON.parse(first.stdout) as { events: number; undelivered: number };
    assert.deepEqual([events, undelivered], [0, 3]);
    const again = await run(["--from", "access-log.dead-letters.ndjson", ...to]);
    await server.close();
    assert.equal(again.exitCode, 0, again.stderr);
    const ids = server.posts.map(({ body }) =>
      (JSON.parse(body) as { event_id: string }[]).map(({ event_id }) => event_id),
    );
    assert.deepEqual(ids[1], ids[0]);
    assert.equal(existsSync(folder.path("access-log.dead-letters.ndjson")), false);
    assert.equal(existsSync(folder.path("access-log.dead-letters.ndjson.sending")), false);
  });

  it("sends standard input, also gzip, and globs", async () => {
    const server = await httpServer();
    const to = ["--dataset", "access-log", "--to", "http", "--url", server.url];
    assert.equal((await run(["-", ...to], gzipSync(logs(4)))).exitCode, 0);
    await mkdir(folder.path("logs"));
    await folder.write("logs/1.log", logs(2));
    await folder.write("logs/2.log.gz", gzipSync(logs(3)));
    assert.equal((await run(["logs/*", ...to])).exitCode, 0);
    await server.close();
    assert.equal(server.events().length, 4 + 2 + 3);
  });

  it("flushes on Ctrl-C what it has taken from standard input", async () => {
    const server = await httpServer();
    const { child, ended } = started(["-", "--dataset", "access-log", "--to", "http", "--url", server.url]);
    child.stdin.write(logs(1));
    while (server.posts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    child.stdin.write(logs(2));
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await ended;
    await server.close();
    assert.equal(exitCode, 130);
    assert.match(
      stderr,
      /Interrupted: what was read is still sent\. Ctrl-C again ends at once and loses it\./,
    );
    assert.match(stdout, /: 3 events, /);
    assert.equal(server.events().length, 3);
  });

  it("follows a file until Ctrl-C, and goes on where it was", async () => {
    const server = await httpServer();
    const path = await folder.write("followed.log", logs(2));
    const args = ["followed.log", "--follow", "--dataset", "access-log", "--to", "http", "--url", server.url];
    for (const expected of [2, 5]) {
      const { child, ended } = started(args);
      while (server.events().length < expected) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill("SIGINT");
      assert.equal((await ended).exitCode, 0);
      await appendFile(path, logs(3));
    }
    await server.close();
    assert.equal(server.events().length, 5);
    assert.equal(new Set(server.events().map(({ event_id }) => event_id)).size, 5);
  });
});

describe("sluice send", () => {
  it("finds the emulator that is up, and sends it a sample at a rate", async () => {
    const kinesis = await TestKinesis.start("clicks");
    await mkdir(folder.path(".sluice/local"), { recursive: true });
    const pipeline = { region: "eu-central-1", streamName: "clicks", deliveryStreamName: "clicks-delivery" };
    const endpoints = {
      pid: process.pid,
      stack: "local",
      region: "eu-central-1",
      kinesis: `http://127.0.0.1:${kinesis.port}`,
      athena: "",
      pipelines: { clickstream: pipeline },
    };
    await writeFile(folder.path(".sluice/local/endpoints.json"), JSON.stringify(endpoints));
    const { exitCode, stdout, stderr } = await run([
      "--generate",
      "200",
      "--rate",
      "1000",
      "--malformed-share",
      "0.05",
      "--json",
    ]);
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(
      (({ events, passedOn }) => [events, passedOn])(
        JSON.parse(stdout) as { events: number; passedOn: number },
      ),
      [200, 10],
    );
    assert.equal((await kinesis.lines("clicks")).length, 200);

    const other = await run(["--generate", "1", "--dataset", "risk-event"]);
    assert.deepEqual(
      [other.exitCode, other.stderr],
      [2, 'sluice: the stack "local" has no pipeline for "risk-event", only for clickstream.\n'],
    );
    await kinesis.stop();
    await writeFile(
      folder.path(".sluice/local/endpoints.json"),
      JSON.stringify({ ...endpoints, pid: 4194999 }),
    );
  });

  it("finds a deployed stack's HTTP ingest in its outputs", async () => {
    const server = await httpServer();
    const pipeline = {
      region: "eu-central-1",
      streamName: "clicks",
      deliveryStreamName: "clicks",
      lakeBucketName: "lake",
      databaseName: "database",
      tableName: "clickstream",
      workgroupName: "clicks",
      analystRoleArn: "arn:aws:iam::000000000000:role/analyst",
    };
    const outputs = (more: object) =>
      JSON.stringify({ pipelines: { clickstream: { ...pipeline, ...more } } });
    const deployed = async (more: object) => {
      await mkdir(folder.path("bin"), { recursive: true });
      const path = await folder.write(
        "bin/pulumi",
        `#!/bin/sh\n[ "$5" = prod ] && echo '${outputs(more)}'\n`,
      );
      await chmod(path, 0o755);
    };
    const path = process.env["PATH"] ?? "";
    process.env["PATH"] = `${folder.path("bin")}${delimiter}${path}`;
    const send = () => run(["--generate", "3", "--stack", "prod", "--to", "http", "--api-key", "k"]);
    await deployed({ httpEndpoint: server.url, httpApiKeyId: "id" });
    const { exitCode, stderr } = await send();
    await deployed({});
    const without = await send();
    process.env["PATH"] = path;
    await server.close();
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual([server.events().length, server.posts[0]?.headers["x-api-key"]], [3, "k"]);
    assert.match(without.stderr, /^sluice: the stack "prod" has no HTTP ingest for "clickstream"\. Name one/);
  });

  const wrong: [name: string, args: string[], exitCode: number, message: RegExp][] = [
    [
      "nothing to send",
      [],
      2,
      /^sluice: nothing to send: name files, - for standard input, or --generate <count>\.\n$/,
    ],
    [
      "two sources",
      ["a.log", "--generate", "1"],
      2,
      /^sluice: files and --generate are two sources\. Give one\.\n$/,
    ],
    [
      "no emulator",
      ["--generate", "1"],
      1,
      /^sluice: no emulator is up\. Start one with `npx sluice start --serve`/,
    ],
    [
      "no such dataset",
      ["--generate", "1", "--dataset", "no-such-dataset", "--to", "http", "--url", "http://127.0.0.1:1"],
      2,
      /^sluice: the stack "local" has no pipeline for "no-such-dataset", only for .*\bclickstream\b.*\.\n$/,
    ],
    [
      "no such file",
      ["none.ndjson"],
      1,
      /^sluice: none\.ndjson: there is no such file\. Check the path\.\n$/,
    ],
    ["a count that is none", ["--generate", "many"], 2, /write a whole number, 1 or more\./],
    ["--follow without a file", ["--follow"], 2, /^sluice: --follow goes with one file, and with no other/],
    [
      "--follow of a sample",
      ["a.log", "--follow", "--generate", "1"],
      2,
      /^sluice: --follow goes with one file/,
    ],
    ["a rate of files", ["a.log", "--rate", "5"], 2, /^sluice: --rate goes with --generate\.\n$/],
    ["a seed of files", ["a.log", "--seed", "1"], 2, /^sluice: --seed goes with --generate\.\n$/],
    [
      "a checkpoint of nothing",
      ["a.log", "--checkpoint", "c"],
      2,
      /^sluice: --checkpoint goes with --follow\.\n$/,
    ],
    [
      "--csv of files",
      ["a.log", "--csv"],
      2,
      /^sluice: --csv goes with - \(standard input\); a file is CSV by/,
    ],
    ["an API key for Kinesis", ["a.log", "--api-key", "k"], 2, /^sluice: --api-key goes with --to http, not/],
    [
      "a URL that is none",
      ["--generate", "1", "--to", "http", "--url", "example"],
      2,
      /^sluice: --url "example" is no URL\./,
    ],
    [
      "a URL for Kinesis",
      ["--generate", "1", "--url", "http://x"],
      2,
      /^sluice: --url goes with --to http, not with --to kinesis\.\n$/,
    ],
    ["no dead letters", ["--from", "none"], 1, /^sluice: none: there is no such file\./],
  ];
  for (const [name, args, exitCode, message] of wrong) {
    it(`fails with a message of its own: ${name}`, async () => {
      const result = await run(args);
      assert.match(result.stderr, message);
      assert.deepEqual([result.exitCode, result.stdout], [exitCode, ""]);
      assert.ok(!result.stderr.includes("    at "));
    });
  }

  it("tells each option in its help", async () => {
    const { stdout, exitCode } = await run(["--help"]);
    assert.equal(exitCode, 0);
    for (const option of [
      "--to <sink>",
      "--follow",
      "--from <file>",
      "--generate <count>",
      "--invalid <what>",
    ])
      assert.ok(stdout.includes(option));
  });
});
