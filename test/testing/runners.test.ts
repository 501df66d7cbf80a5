import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "../../local/state/lock.ts";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../local/temporary-folder.ts";
import { writeShop } from "./shop-project.ts";

/** The same small test for every runner: its author forgot `close()`. It prints where the emulator is. */
const testFile = (imports: string) => `
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
${imports}
import { testPipeline } from "${root}/testing/index.ts";

describe("orders", () => {
  let pipeline;
  before(async () => {
    pipeline = await testPipeline();
    console.log("state:" + pipeline.environment.SLUICE_EMULATOR);
    const children = "/proc/self/task/" + process.pid + "/children";
    console.log("children:" + (existsSync(children) ? readFileSync(children, "utf8") : ""));
  });

  it("add up to the day's revenue", async () => {
    await pipeline.send([{ order_id: "a", placed: new Date(), total: 10 }, "{broken"]);
    assert.deepEqual(await pipeline.query("revenue"), [{ orders: 1, revenue: 10 }]);
    assert.equal((await pipeline.errors()).length, 1);
  });
});
`;

const mocha = join(root, "node_modules/mocha/bin/mocha.js");
const runners: [name: string, imports: string, args: string[]][] = [
  ["mocha", "", [mocha, "--no-config", "--timeout", "30000"]],
  ["node:test", 'import { before, describe, it } from "node:test";', ["--test", "--test-reporter", "tap"]],
];

describe("a test that closes nothing", () => {
  const folder = temporaryFolder();
  for (const [name, imports, args] of runners) {
    it(`ends by itself under ${name}, with the emulator and its folder`, async () => {
      await writeShop(folder());
      await writeFile(join(folder(), "orders.test.ts"), testFile(imports));
      const child = spawn(process.execPath, [...args, "orders.test.ts"], {
        cwd: folder(),
        stdio: ["ignore", "pipe", "inherit"],
        timeout: 25_000,
        env: { PATH: process.env["PATH"] },
      });
      let printed = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
      const [code] = (await once(child, "close")) as [number | null];
      assert.equal(code, 0, printed);
      assert.match(printed, /1 passing|# pass 1/);
      const state = /state:(\S+)/.exec(printed)?.[1] ?? "";
      assert.match(state, /sluice-test-/);
      assert.ok(!existsSync(state));
      // Linux tells which processes it had started: kinesis-mock.
      const children = /children:(.*)/.exec(printed)?.[1]?.match(/\d+/g) ?? [];
      if (process.platform === "linux") assert.equal(children.length, 1);
      while (children.some((pid) => isAlive(Number(pid))))
        await new Promise((resolve) => setImmediate(resolve));
    });
  }
});
