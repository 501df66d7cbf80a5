import assert from "node:assert/strict";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../helpers/sources.ts";
import { backend, oldestNode, otherNode } from "./installed.ts";
import { run, succeed } from "./run.ts";

const oldest = otherNode(oldestNode);

describe("a backend that installs sluice for the producer", () => {
  it("gets 60 MB of packages at most, and no Pulumi", async () => {
    const modules = join(await backend(), "node_modules");
    let bytes = 0;
    for (const entry of await readdir(modules, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
    }
    assert.ok(bytes < 60e6, `${Math.round(bytes / 1e6)} MB`);
    assert.ok(!(await readdir(modules)).includes("@pulumi"));
  });

  it("waits 250 ms at most for it to load", async () => {
    const cwd = await backend();
    // Processor time: what other processes take meanwhile is not the producer's.
    const code =
      "const t = process.cpuUsage(); await import('sluice/producer'); const { user, system } = process.cpuUsage(t); " +
      "console.log((user + system) / 1000)";
    const times: number[] = [];
    for (let round = 0; round < 7; round++) {
      times.push(Number(await succeed(process.execPath, ["--input-type=module", "--eval", code], { cwd })));
    }
    assert.ok(Math.min(...times) <= 250, times.map(Math.round).join(", "));
  });

  for (const [name, nodeOf] of [
    [process.version, () => Promise.resolve(process.execPath)],
    [`v${oldestNode}`, oldest],
  ] as const) {
    it(`loads it in either kind of module under Node ${name}`, async () => {
      const cwd = await backend();
      const node = await nodeOf();
      const imported = "import { createProducer } from 'sluice/producer'; console.log(typeof createProducer)";
      const required = "console.log(typeof require('sluice/producer').createProducer)";
      assert.equal(
        await succeed(node, ["--input-type=module", "--eval", imported], { cwd, node }),
        "function\n",
      );
      assert.equal(await succeed(node, ["--eval", required], { cwd, node }), "function\n");
    });
  }

  it("is told by name which package it lacks for what", async () => {
    const cwd = await backend();
    const code = "require('sluice/producer').redisBuffer({ url: 'redis://127.0.0.1:1', key: 'k' })";
    const { stderr } = await run(process.execPath, ["--eval", code], { cwd });
    assert.match(stderr, /redisBuffer needs redis: npm install "?redis@/);
    const plan = await run("npx", ["--no", "sluice", "plan"], { cwd });
    assert.equal(plan.code, 2);
    assert.match(
      plan.stderr,
      /^sluice: sluice plan needs @pulumi\/pulumi: npm install .*@pulumi\/pulumi@[^\n]*\n$/m,
    );
  });

  for (const [kind, type, compilerOptions] of [
    ["an ES module under nodenext", "module", { module: "nodenext" }],
    ["an ES module under node16", "module", { module: "node16" }],
    ["a CommonJS module under nodenext", "commonjs", { module: "nodenext" }],
    ["a CommonJS module under node16", "commonjs", { module: "node16" }],
    ["a bundler's module", "commonjs", { module: "esnext", moduleResolution: "bundler" }],
    [
      "a CommonJS module under node10",
      "commonjs",
      { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
    ],
  ] as const) {
    it(`has right types in ${kind}`, async () => {
      const cwd = await backend();
      const file = type === "module" ? "types.mts" : "types.ts";
      // That wrong use is refused shows that the types are there, and not `any`.
      const program = `import { createProducer, kinesisSink } from "sluice/producer";
import { defineDataset } from "sluice/dataset";
const dataset = defineDataset({
  name: "a", description: "b", eventTime: "t", eventId: "i", since: "2026-11-01",
  columns: { i: { type: "string", description: "c" }, t: { type: "timestamp", description: "d", required: true } },
});
const producer = createProducer({ dataset, sink: kinesisSink({ streamName: "s", region: "eu-central-1" }) });
void producer.send({ i: "1", t: "2026-11-20T10:00:00Z" });
// @ts-expect-error: a number is no id
void producer.send({ i: 1, t: "2026-11-20T10:00:00Z" });
`;
      await writeFile(join(cwd, file), program);
      const tsconfig = {
        compilerOptions: {
          target: "es2022",
          strict: true,
          noEmit: true,
          esModuleInterop: true,
          types: ["node"],
          typeRoots: [join(root, "node_modules/@types")],
          skipLibCheck: true,
          ...compilerOptions,
        },
        files: [file],
      };
      await writeFile(join(cwd, "tsconfig.json"), JSON.stringify(tsconfig));
      await succeed(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--project", cwd], {
        cwd,
      });
    });
  }
});
