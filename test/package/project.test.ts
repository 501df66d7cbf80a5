import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { oldestNode, otherNode, project } from "./installed.ts";
import { succeed } from "./run.ts";

interface StartReport {
  readonly events: { readonly sent: number; readonly delivered: number; readonly failed: number };
  readonly queries: Readonly<Record<string, readonly Record<string, unknown>[]>>;
}

const oldest = otherNode(oldestNode);

for (const [name, nodeOf] of [
  [process.version, () => Promise.resolve(process.execPath)],
  [`v${oldestNode}`, oldest],
] as const) {
  describe(`a project that sluice init wrote, under Node ${name}`, () => {
    const npm = async (...args: string[]) =>
      succeed("npm", args, { cwd: await project(), node: await nodeOf() });
    const sluice = async (...args: string[]) =>
      succeed("npx", ["--no", "sluice", ...args], { cwd: await project(), node: await nodeOf() });

    it("shows events going in and answers coming out", async () => {
      const report = JSON.parse(
        await npm("start", "--silent", "--", "--events", "2000", "--json"),
      ) as StartReport;
      assert.equal(report.events.sent, 2000);
      assert.equal(report.events.delivered + report.events.failed, 2000);
      const orders = report.queries["revenue_per_day"]!.reduce((sum, row) => sum + Number(row["orders"]), 0);
      assert.ok(orders > 1000 && orders <= report.events.delivered, `${orders} orders`);
      assert.deepEqual(Object.keys(report.queries).sort(), ["duplicates", "revenue_per_day"]);
    });

    it("passes its own test", async () => {
      assert.match(await npm("test"), /pass 1\n/);
    });

    it("is planned, and found without fault by the policies", async () => {
      assert.match(await sluice("plan", "--stack", "dev"), /aws:kinesis\/stream:Stream orders-stream/);
      for (const stack of ["dev", "local"]) {
        assert.match(await sluice("policy", "--stack", stack), /^no violation in stack/m);
      }
    });
  });
}

describe("a project that sluice init wrote", () => {
  it("compiles", async () => {
    await succeed("npm", ["run", "types"], { cwd: await project() });
  });

  it("asks for sluice where it came from, and for exact versions of all else", async () => {
    const { dependencies, devDependencies } = JSON.parse(
      await readFile(join(await project(), "package.json"), "utf8"),
    ) as Record<string, Record<string, string>>;
    const { sluice, ...rest } = { ...dependencies, ...devDependencies };
    assert.match(sluice!, /^file:\.\.\/\.\.\/sluice-[\d.]+\.tgz$/);
    assert.deepEqual(
      Object.entries(rest).filter(([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)),
      [],
    );
  });

  it("of a file of events passes its own test", async () => {
    const cwd = await project();
    const clicks = Array.from({ length: 200 }, (_, index) => ({
      click_id: `c-${index}-${index * 7919}`,
      clicked: "2026-11-20T10:00:00Z",
      place: { x: index, tags: ["a", "b"] },
    }));
    await writeFile(
      join(cwd, "button-clicks.ndjson"),
      clicks.map((click) => `${JSON.stringify(click)}\n`).join(""),
    );
    // Below the other project, whose packages it finds.
    await succeed("npx", ["--no", "sluice", "init", "clicks", "--from", "button-clicks.ndjson"], { cwd });
    assert.match(await succeed("npm", ["test"], { cwd: join(cwd, "clicks") }), /pass 1\n/);
    const said = await succeed(
      "npx",
      ["--no", "sluice", "start", "--input", "../button-clicks.ndjson", "--json"],
      { cwd: join(cwd, "clicks") },
    );
    assert.deepEqual((JSON.parse(said) as StartReport).events, { sent: 200, delivered: 200, failed: 0 });
  });

  it("takes events and answers questions while the emulator is up", async () => {
    const cwd = await project();
    const file = join(await mkdtemp(join(cwd, "events-")), "orders.ndjson");
    const items = [{ product: "lamp", quantity: 2, price: 10 }];
    const orders = [1, 2, 3].map((number) => ({
      order_id: `A-${number}`,
      placed_at: "2020-02-01T12:00:00Z",
      items,
    }));
    await writeFile(file, orders.map((order) => `${JSON.stringify(order)}\n`).join(""));
    const sluice = join(cwd, "node_modules/sluice/cli/sluice.js");
    const emulator = spawn(process.execPath, [sluice, "start", "--serve", "--events", "10"], {
      cwd,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      await once(emulator.stdout, "data");
      await succeed("npx", ["--no", "sluice", "send", "--stack", "local", file], { cwd });
      let rows: { day: string; orders: number; revenue: number }[] = [];
      // Until the buffer of two seconds is delivered.
      for (let round = 0; round < 20 && rows.length === 0; round++) {
        const answer = await succeed(
          "npx",
          ["--no", "sluice", "query", "run", "revenue_per_day", "--format", "json"],
          { cwd },
        );
        rows = (JSON.parse(answer) as typeof rows).filter(({ day }) => day === "2020-02-01");
        if (rows.length === 0) await setTimeout(500);
      }
      assert.deepEqual(rows, [{ day: "2020-02-01", orders: 3, revenue: 60 }]);
    } finally {
      emulator.kill("SIGINT");
      await once(emulator, "close");
    }
  });
});
