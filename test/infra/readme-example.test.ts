import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { nameOf, type DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { pipelinesOf } from "../../pipelines/from-plan.ts";
import type { Pipeline } from "../../pipelines/pipeline.ts";
import { inOtherProject } from "../helpers/other-project.ts";
import { root } from "../helpers/sources.ts";
import { defaultPlan, queries } from "./plan-pipeline.ts";

const run = promisify(execFile);

/** The fenced TypeScript of the README's section for users with a program of their own. */
async function examples(): Promise<[program: string, dataset: string]> {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const [, section] = /^#+ In your own Pulumi program\n([\s\S]*?)(?=^#+ )/m.exec(readme) ?? [];
  assert.ok(section, 'README.md has no section "In your own Pulumi program"');
  const [program, dataset] = [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
  assert.ok(program && dataset, "the section holds a program and a dataset");
  return [program, dataset];
}

const moduleOf = (dataset: string) =>
  `import { defineDataset } from "sluice";\n${dataset}export { orders };\n`;

const listed = (plan: DeploymentDocument) =>
  plan.deployment.resources.map(({ type, urn }) => `${type} ${nameOf(urn)}`).sort();

describe("the README's example for another Pulumi program", () => {
  it("takes ten lines or fewer", async () => {
    const [program] = await examples();
    const lines = program.split("\n").filter((line) => line.trim() !== "");
    assert.ok(lines.length <= 10, `${lines.length} lines`);
    assert.ok(lines.every((line) => line.length <= 110));
  });

  it("compiles, its dataset too", async function () {
    this.timeout(120_000);
    const [program, dataset] = await examples();
    const tsconfig = {
      extends: join(root, "tsconfig.json"),
      compilerOptions: { types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
      files: ["index.ts", "dataset.ts"],
    };
    const files = {
      "index.ts": program,
      "dataset.ts": moduleOf(dataset),
      "tsconfig.json": JSON.stringify(tsconfig),
    };
    await inOtherProject(files, async (folder) => {
      const tsc = join(root, "node_modules/typescript/bin/tsc");
      await run(process.execPath, [tsc, "--project", folder, "--pretty", "false"]).catch((error: unknown) =>
        assert.fail((error as { stdout: string }).stdout),
      );
    });
  });

  it("declares the whole pipeline, secure and tagged, and exports where to send and to ask", async () => {
    const [program, dataset] = await examples();
    const files = { "index.ts": program, "dataset.ts": moduleOf(dataset) };
    const plan = await inOtherProject(files, (folder) => evaluateStack({ stack: "dev", folder }));
    const { resources } = await defaultPlan();
    const pipeline = plan.deployment.resources.find(({ type }) => type === "sluice:pipeline:EventPipeline");
    const name = nameOf(pipeline?.urn ?? "");
    const expected = resources
      .map(({ type, urn }) => `${type} ${nameOf(urn).replace(/^web(?=-|$)/, name)}`)
      .filter((child) => !queries.some((query) => child.endsWith(`-${query.name}`)));
    assert.deepEqual(listed(plan), expected.sort());
    const { pipelines } = plan.deployment.resources[0]?.outputs as { pipelines: { orders: Pipeline } };
    assert.deepEqual(pipelines.orders, pipelinesOf(plan)[0]);
    assert.equal(pipelines.orders.streamName, "shop-dev-orders");
  });
});
