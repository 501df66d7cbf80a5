import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testPipeline, type TestPipeline } from "../../testing/index.ts";
import { temporaryFolder } from "../local/temporary-folder.ts";
import { programHead, writeShop } from "./shop-project.ts";

const order = (order_id: string, total: number) => ({ order_id, placed: "2026-11-20T10:00:00Z", total });

describe("a test pipeline", () => {
  let shop: TestPipeline;
  const folder = temporaryFolder();

  let project: string;

  before(async () => {
    project = await mkdtemp(join(tmpdir(), "sluice-"));
    await writeShop(project);
    shop = await testPipeline({ folder: project });
  });
  afterEach(() => shop.reset());
  after(async () => {
    await shop.close();
    await rm(project, { recursive: true });
  });

  it("has what was sent in the lake when it says so, though its buffer waits five minutes", async () => {
    const started = performance.now();
    await shop.send([order("a", 10), order("b", 2.5)]);
    assert.deepEqual(await shop.query("revenue", { period: "today" }), [{ orders: 2, revenue: 12.5 }]);
    assert.deepEqual(await shop.query<{ orders: number }>("revenue", { least: 5 }), [
      { orders: 1, revenue: 10 },
    ]);
    assert.deepEqual(await shop.sql("SELECT order_id FROM orders ORDER BY 1"), [
      { order_id: "a" },
      { order_id: "b" },
    ]);
    const { rows, failedEvents, records } = await shop.counts();
    assert.deepEqual([rows, failedEvents, records], [2, 0, 1]);
    assert.ok(performance.now() - started < 10_000);
  });

  it("sends what does not fit as it comes, and tells what became of it", async () => {
    await shop.send([order("a", 1), { order_id: "b", placed: "noon" }, "{broken"]);
    const { rows, failedEvents } = await shop.counts();
    assert.deepEqual([rows, failedEvents], [1, 2]);
    const errors = await shop.errors();
    assert.deepEqual(errors.map(({ raw }) => raw).sort(), ['{"order_id":"b","placed":"noon"}', "{broken"]);
    assert.ok(errors.every(({ code, reason }) => code.startsWith("DataFormatConversion.") && reason !== ""));
  });

  it("starts from nothing after a reset", async () => {
    await shop.send([order("a", 1), "{broken"]);
    await shop.reset();
    assert.deepEqual(await shop.query("revenue"), [{ orders: 0, revenue: null }]);
    assert.deepEqual(await shop.errors(), []);
    assert.equal((await shop.counts()).events, 0);
    await shop.send([order("b", 3)]);
    assert.deepEqual(await shop.query("revenue"), [{ orders: 1, revenue: 3 }]);
    assert.equal((await shop.counts()).rows, 1);
  });

  it("takes calls at the same time", async () => {
    await Promise.all(Array.from({ length: 10 }, (_, n) => shop.send([order(`o${n}`, n)])));
    assert.deepEqual(await shop.query("revenue"), [{ orders: 10, revenue: 45 }]);
  });

  it("posts to the pipeline's HTTP API on demand, which refuses what does not fit", async () => {
    await shop.send([order("a", 7)], { via: "http" });
    assert.deepEqual(await shop.query("revenue"), [{ orders: 1, revenue: 7 }]);
    await assert.rejects(shop.send([{ order_id: 1 }], { via: "http" }), /answered 400/);
  });

  it("makes plausible events, others by another seed", async () => {
    const events = await shop.sample(20);
    assert.equal(events.length, 20);
    const totals = (sample: Record<string, unknown>[]) => sample.map(({ total }) => total);
    assert.deepEqual(totals(await shop.sample(20, { seed: undefined })), totals(events));
    assert.notDeepEqual(totals(await shop.sample(20, { seed: "two" })), totals(events));
    await shop.send(events);
    const { rows, failedEvents } = await shop.counts();
    assert.deepEqual([rows, failedEvents], [20, 0]);
  });

  it("names the queries there are, and the event that is none", async () => {
    await assert.rejects(shop.query("revenu"), {
      name: "NoSuchQueryError",
      message: 'the pipeline "orders" has no query "revenu". It has revenue.',
    });
    await assert.rejects(shop.query("revenue", { perio: "today" }), { name: "ParameterError" });
    await assert.rejects(shop.send([order("a", 1), { order_id: 1n }]), {
      name: "TypeError",
      message: "event 2 of 2 can't be written as JSON: Do not know how to serialize a BigInt",
    });
    const circular: Record<string, unknown> = {};
    circular["itself"] = circular;
    await assert.rejects(shop.send([circular]), /^TypeError: event 1 of 1 can't be written as JSON/);
    await assert.rejects(shop.send([() => 1]), /event 1 of 1 can't be written as JSON: it is function/);
    await assert.rejects(shop.send([order("x".repeat(1_100_000), 1)]), /bytes long; a record holds/);
    assert.equal((await shop.counts()).events, 0);
  });

  it("stands beside others, counts periods from a given instant, and leaves nothing behind", async () => {
    await writeShop(folder());
    let stateFolder: string | undefined;
    {
      await using other = await testPipeline({ folder: folder(), now: new Date("2026-11-02T12:00:00Z") });
      stateFolder = other.environment["SLUICE_EMULATOR"];
      assert.ok(existsSync(join(String(stateFolder), "endpoints.json")));
      await other.send([order("a", 1)]);
      assert.deepEqual(await other.query("revenue", { period: "today" }), [{ orders: 0, revenue: null }]);
      assert.equal((await other.counts()).rows, 1);
      assert.equal((await shop.counts()).rows, 0);
      const closing = other.close();
      await assert.rejects(other.counts(), /The test pipeline "orders" is closed/);
      await closing;
    }
    assert.ok(!existsSync(String(stateFolder)));
  });
});

describe("a test pipeline can't be started", () => {
  const folder = temporaryFolder();

  it("where there is no stack or no program", async () => {
    await assert.rejects(testPipeline({ folder: folder() }), /holds no Pulumi.yaml/);
    await writeFile(join(folder(), "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    await assert.rejects(testPipeline({ folder: folder() }), /no stack "local"/);
    await writeFile(join(folder(), "Pulumi.local.yaml"), "");
    await assert.rejects(testPipeline({ folder: folder() }), /there is no index\.ts or index\.js/);
    await writeShop(folder(), { program: "export {};" });
    await assert.rejects(testPipeline({ folder: folder() }), /declares no pipeline/);
  });

  it("where there are several and none is named", async () => {
    const program = `${programHead()}
new EventPipeline("web", args);
new EventPipeline("shop", { ...args, source: "DIRECT_PUT" });`;
    await writeShop(folder(), { program });
    await assert.rejects(
      testPipeline({ folder: folder() }),
      /several pipelines\. Say which with the option `pipeline`: web \(dataset orders\), shop \(dataset orders\)/,
    );
    await assert.rejects(
      testPipeline({ folder: folder(), pipeline: "app" }),
      /no pipeline "app", only web \(dataset orders\), shop/,
    );
    await using direct = await testPipeline({ folder: folder(), pipeline: "shop" });
    await direct.send([order("a", 4)]);
    assert.deepEqual(await direct.query("revenue"), [{ orders: 1, revenue: 4 }]);
    // With the analyst's rights, who may not read what another pipeline keeps.
    await assert.rejects(
      direct.sql('SELECT * FROM "shop_local_web"."orders"'),
      /assumed-role\/shop-local-shop-analyst\/.* is not authorized to perform: glue:GetDatabase/,
    );
    await assert.rejects(
      direct.send([], { via: "http" }),
      /"shop" has no HTTP API\. Declare it with httpIngest/,
    );
  });
});
