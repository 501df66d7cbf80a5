import assert from "node:assert/strict";
import { execFileSync, fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "../../local/emulator.ts";
import { fixture, fixturePlan } from "./fixture-plan.ts";
import { kinesisClient, putRecords } from "./kinesis-client.ts";
import { rowsOf } from "./read-lake.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const rounds = 5;
const longestLifeMilliseconds = 250;

describe("an emulator that is killed", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  /** Starts an emulator in a process of its own. */
  const startProcess = async () => {
    const script = join(import.meta.dirname, "emulator-process.ts");
    child = fork(script, [join(folder(), "state")], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [endpoint] = (await once(child, "message")) as [string];
    return { child, endpoint };
  };

  it("at random moments has delivered every event that was sent, and none twice that was acknowledged", async () => {
    const random = seeded(20261120);
    const batches = new Map<string[], "acknowledged" | "unknown">();
    let sent = 0;
    const newBatch = () => Array.from({ length: 5 }, () => `{"id":"${sent++}"}\n{"id":"${sent++}"}`);

    for (let round = 0; round < rounds; round++) {
      const { child, endpoint } = await startProcess();
      const client = kinesisClient(endpoint);
      let alive = true;
      const sending = (async () => {
        while (alive) {
          const batch = newBatch();
          batches.set(batch, "unknown");
          await putRecords(client, batch).then(
            () => batches.set(batch, "acknowledged"),
            () => (alive = false),
          );
        }
      })();
      await sleep(random() * longestLifeMilliseconds);
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
      await sending;
      client.destroy();
    }

    const emulator = await startEmulator(fixturePlan({ columns: { id: "string" } }), {
      stateFolder: join(folder(), "state"),
    });
    const client = kinesisClient(emulator.kinesisEndpoint);
    const unknown = [...batches].filter(([, state]) => state === "unknown").map(([batch]) => batch);
    for (const batch of unknown) await putRecords(client, batch);
    client.destroy();
    await emulator.waitUntilDelivered(fixture.delivery, { records: unknown.flat().length });
    await emulator.close();

    const times = Map.groupBy(await rowsOf(emulator.objects), ({ id }) => Number(id));
    assert.deepEqual(
      [...times.keys()].sort((a, b) => a - b),
      Array.from({ length: sent }, (_, id) => id),
    );
    const resent = new Set(unknown.flat().flatMap((record) => record.match(/\d+/g)?.map(Number) ?? []));
    const twice = [...times].filter(([id, rows]) => rows.length > 1 && !resent.has(id));
    assert.deepEqual(twice, []);
    assert.ok(sent > rounds * 10, "it was killed in the middle of its work");
    assert.deepEqual(await readdir(join(folder(), "state", "lake", ".incoming")).catch(() => []), []);
  });

  for (const signal of ["SIGKILL", "SIGTERM", "SIGINT"] as const) {
    it(`with ${signal} takes kinesis-mock with it`, async () => {
      const { child } = await startProcess();
      const [mock, ...others] = childrenOf(child.pid as number);
      assert.ok(mock !== undefined && others.length === 0);
      child.kill(signal);
      await once(child, "exit");
      while (isRunning(mock)) await sleep(10);
    });
  }
});

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function childrenOf(processId: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === processId)
    .map(([id]) => id as number);
}

function isRunning(processId: number): boolean {
  // A process that ended and that nobody has waited for is still listed, as a zombie.
  const found = execFileSync("ps", ["-A", "-o", "pid=,stat="], { encoding: "utf8" });
  return new RegExp(`^\\s*${processId}\\s+[^Z\\s]`, "m").test(found);
}
