import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { evaluateStack } from "../../plan/evaluate.ts";
import { runCli } from "../helpers/run-cli.ts";
import { root } from "../helpers/sources.ts";
import { comparable, type EngineResource } from "./comparable.ts";
import { Engine } from "./engine.ts";
import { describeWithPulumi } from "./with-pulumi.ts";

describeWithPulumi("the real engine and what sluice init writes", () => {
  let engine: Engine;

  before(async () => {
    engine = await Engine.start("eu-central-1", initProject);
    await engine.succeed("stack", "init", "dev");
  });

  after(() => engine.stop());

  it("previews it, creating everything", async () => {
    const { steps } = JSON.parse(await engine.succeed("preview", "--json")) as { steps: { op: string }[] };
    assert.deepEqual(new Set(steps.map(({ op }) => op)), new Set(["create"]));
  });

  it("deploys what its plan says, exports where to send and to ask, and then finds no change", async () => {
    const plan = await evaluateStack({ stack: "dev", folder: engine.project });
    await engine.succeed("up", "--yes", "--skip-preview");
    const state = JSON.parse(await engine.succeed("stack", "export")) as {
      deployment: { resources: EngineResource[] };
    };
    assert.deepEqual(comparable(state.deployment.resources), comparable(plan.deployment.resources));
    const { pipelines } = JSON.parse(await engine.succeed("stack", "output", "--json")) as {
      pipelines: { orders: { streamName: string } };
    };
    assert.equal(pipelines.orders.streamName, "shop-dev-orders");
    await engine.succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
  });
});

/** Writes the project, with the packages of this checkout and sluice as `npm run build` left it. */
async function initProject(folder: string): Promise<void> {
  const { exitCode, stderr } = await runCli(["init", folder, "--name", "shop"]);
  assert.equal(exitCode, 0, stderr);
  await mkdir(join(folder, "node_modules"));
  await symlink(join(root, "node_modules", "@pulumi"), join(folder, "node_modules", "@pulumi"));
  await symlink(root, join(folder, "node_modules", "sluice"));
}
