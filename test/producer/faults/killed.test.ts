import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Random } from "../../../schema/sample/random.ts";
import { temporaryFolder } from "../helpers/files.ts";
import { httpServer } from "../helpers/http-server.ts";
import { TestRedis } from "../helpers/redis.ts";

const script = new URL("../helpers/sending-process.ts", import.meta.url).pathname;
const rounds = 20;
const folder = temporaryFolder();
const children = new Set<ChildProcess>();
after(() => children.forEach((child) => child.kill("SIGKILL")));

type Server = Awaited<ReturnType<typeof httpServer>>;

/** Starts a sending process; `sent` fills with the numbers of the events that it took. */
function sending(
  server: Server,
  first: number,
  count: number,
  buffer: string,
  sent: Set<string>,
  wrapper: string[] = [],
) {
  const command = [...wrapper, process.execPath, script, server.url, String(first), String(count), buffer];
  const child = spawn(command[0] ?? "", command.slice(1), {
    stdio: ["ignore", "pipe", "inherit"],
    // Most of a round is the start of its process.
    env: { ...process.env, NODE_COMPILE_CACHE: folder.path("compiled") },
  });
  children.add(child);
  let rest = "";
  child.stdout.on("data", (data: Buffer) => {
    const lines = (rest + data.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) sent.add(`event-${line}`);
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  const taken = async (count: number) => {
    for (const before = sent.size; sent.size - before < count; await wait(1)) {
      if (child.exitCode !== null) throw new Error(`The sending process ended with ${child.exitCode}.`);
    }
  };
  return { child, ended, taken };
}

const missing = (sent: Set<string>, server: Server) => {
  const there = received(server);
  return [...sent].filter((id) => !there.has(id));
};
const received = (server: Server) => new Set(server.events().map(({ event_id }) => String(event_id)));

async function killedRounds(server: Server, buffer: string, seed: string): Promise<Set<string>> {
  const random = new Random(seed);
  const sent = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const { child, ended, taken } = sending(server, round * 100_000, 100_000, buffer, sent);
    // Somewhere between the first event and a few hundred later.
    await taken(random.integer(1, 300));
    await wait(random.integer(0, 5));
    child.kill("SIGKILL");
    await ended;
  }
  // The last one sends what the others left, and ends by itself.
  const [code] = await sending(server, rounds * 100_000, 10, buffer, sent).ended;
  assert.equal(code, 0);
  return sent;
}

describe("a producer that is killed (kill -9) at a random point, 20 times", () => {
  it("loses no event that its file buffer took", async () => {
    const server = await httpServer();
    const sent = await killedRounds(server, `file:${folder.path("killed")}`, "file");
    assert.deepEqual(missing(sent, server), []);
    assert.ok(sent.size > rounds * 20);
    await server.close();
  });

  it("loses no event that its Redis buffer took: another process takes its batches over", async function () {
    const redis = await TestRedis.start(this);
    const server = await httpServer();
    const sent = await killedRounds(server, redis.url, "redis");
    // What the last killed process had under way is taken over a little later than the last one ended.
    for (let n = 0; n < 50 && missing(sent, server).length > 0; n++) {
      await wait(60);
      await sending(server, 10_000_000 + n, 1, redis.url, new Set()).ended;
    }
    assert.deepEqual(missing(sent, server), []);
    assert.ok(sent.size > rounds * 20);
    await server.close();
    await redis.stop();
  });

  it("loses at most what its memory buffer holds, and on SIGTERM nothing", async () => {
    const server = await httpServer();
    const sent = new Set<string>();
    const { child, ended, taken } = sending(server, 0, 100_000, "memory:", sent);
    await taken(500);
    child.kill("SIGTERM");
    assert.equal((await ended)[0], 0);
    assert.deepEqual(missing(sent, server), []);
    await server.close();
  });
});

describe("a file buffer whose disk is full", () => {
  it("goes on in memory, and loses no event", async function () {
    const disk = folder.path("");
    const mount = `mount -t tmpfs -o size=100k none ${disk} && exec "$@"`;
    const wrapper = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"];
    if (spawnSync(wrapper[0] ?? "", [...wrapper.slice(1), "true"]).status !== 0) {
      console.log("      no file system of a test's own (unshare and tmpfs are not allowed here): skipped");
      this.skip();
    }
    // Nothing is taken until the disk must be full: 3,000 events of 150 bytes and more.
    let isOpen = false;
    const server = await httpServer(
      (_, response) => void (isOpen ? response.end("{}") : response.writeHead(503).end()),
    );
    const sent = new Set<string>();
    const { ended, taken } = sending(server, 0, 3_000, `file:${disk}/buffer`, sent, wrapper);
    await taken(3_000);
    isOpen = true;
    assert.equal((await ended)[0], 0);
    assert.equal(sent.size, 3_000);
    assert.deepEqual(missing(sent, server), []);
    await server.close();
  });
});
