import assert from "node:assert/strict";
import { evaluateStack } from "../../plan/evaluate.ts";
import { comparable, comparableInPreview, type EngineResource } from "./comparable.ts";
import { Engine } from "./engine.ts";
import { describeWithPulumi } from "./with-pulumi.ts";

const region = "eu-central-1";

for (const stack of ["dev", "prod"]) {
  describeWithPulumi(`the real engine and the stack ${stack}`, () => {
    let engine: Engine;

    before(async () => {
      engine = await Engine.start(region);
      await engine.succeed("stack", "init", stack);
    });

    after(() => engine.stop());

    it("previews what the plan with unknowns says", async () => {
      const plan = await evaluateStack({ stack, unknowns: true });
      const preview = JSON.parse(await engine.succeed("preview", "--json")) as Preview;
      assert.deepEqual(new Set(preview.steps.map((step) => step.op)), new Set(["create"]));
      assert.deepEqual(
        comparableInPreview(preview.steps.map((step) => step.newState)),
        comparableInPreview(plan.deployment.resources.filter((resource) => !isProvider(resource))),
      );
    });

    it("deploys what the plan says", async () => {
      const plan = await evaluateStack({ stack });
      await engine.succeed("up", "--yes", "--skip-preview");
      assert.deepEqual(comparable(await deployed(engine)), comparable(plan.deployment.resources));
    });

    it("changes nothing the second time", async () => {
      const before = await deployed(engine);
      const said = await engine.succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
      assert.match(
        said,
        new RegExp(`\\b${before.filter((resource) => !isProvider(resource)).length} unchanged`),
      );
    });

    if (stack === "dev") {
      it("changes in place what a new setting concerns, and nothing else", async () => {
        await engine.succeed("config", "set", "bufferingIntervalSeconds", "120");
        const preview = JSON.parse(await engine.succeed("preview", "--json")) as Preview;
        const changed = preview.steps.filter((step) => step.op !== "same");
        assert.deepEqual(
          new Set(changed.map((step) => `${step.op} ${step.newState.type}`)),
          new Set(["update aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"]),
        );
      });
    }

    if (stack === "prod") {
      it("refuses to destroy what is protected, and then destroys nothing", async () => {
        const before = await deployed(engine);
        const { code, stdout } = await engine.run("destroy", "--yes");
        assert.notEqual(code, 0);
        assert.match(stdout, /cannot be deleted\s+because it is protected/);
        assert.deepEqual(comparable(await deployed(engine)), comparable(before));
        await engine.succeed("state", "unprotect", "--all", "--yes");
      });
    }

    it("destroys all of it", async () => {
      await engine.succeed("destroy", "--yes", "--skip-preview");
      assert.deepEqual(await deployed(engine), []);
    });
  });
}

interface Preview {
  steps: { op: string; newState: EngineResource }[];
}

async function deployed(engine: Engine): Promise<EngineResource[]> {
  const state = JSON.parse(await engine.succeed("stack", "export")) as {
    deployment: { resources?: EngineResource[] };
  };
  return state.deployment.resources ?? [];
}

function isProvider(resource: EngineResource): boolean {
  return resource.type.startsWith("pulumi:providers:");
}
