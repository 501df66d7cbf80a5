import assert from "node:assert/strict";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { nameOf } from "../../plan/deployment.ts";
import { evaluateStack, ownFolder } from "../../plan/evaluate.ts";
import { settingFacts } from "../../infra/setting-facts.ts";
import { packs } from "../../policy/packs.ts";
import type { Packs } from "../../policy/run/packs.ts";
import { Places } from "../../policy/run/places/places.ts";
import { readDeployment } from "../../policy/run/read-deployment.ts";
import { mutated, pipelineOf } from "../policy/mutated-plan.ts";
import { mutations, type Mutation } from "../policy/mutations.ts";
import { openOwnPacks } from "../policy/own-packs.ts";
import { Engine } from "./engine.ts";
import { configure } from "./project-copy.ts";
import { describeWithPulumi } from "./with-pulumi.ts";

/** `level rule type name`, sorted: a verdict in a form that both sides have. */
type Verdict = string[];

describeWithPulumi("The packs in the real engine and in sluice policy", () => {
  for (const stack of ["prod", "dev"]) {
    it(`say the same of a first preview of ${stack}, of what is not known yet as well`, async () => {
      await using engine = await startedEngine(stack);
      await using opened = await openOwnPacks(stack, true);
      const plan = await evaluateStack({ stack, unknowns: true });
      const { code, verdict } = await previewOf(engine, stack);
      assert.deepEqual(verdict, await verdictOf(opened, plan));
      assert.equal(code, 0);
    });
  }

  it("stand at the program's and the settings' lines when sluice policy evaluates the engine's state", async () => {
    await using engine = await startedEngine("dev");
    await engine.succeed("up", "--yes", "--skip-preview", "--stack", "dev");
    const state = readDeployment(await engine.succeed("stack", "export", "--stack", "dev"), "state.json");
    const positions = state.deployment.resources.map(({ sourcePosition }) => sourcePosition ?? "");
    assert.ok(positions.some((position) => position.includes("file:/")));
    await using opened = await openOwnPacks("prod");
    // Evaluated in the checkout, while the engine's project was a copy elsewhere.
    const places = await Places.of(state, ownFolder, settingFacts);
    const { violations } = await opened.evaluate(state, { places });
    const located = violations.map((violation) => places.locate(violation));
    assert.deepEqual([...new Set(located.map(({ place }) => place?.file))].sort(), [
      "Pulumi.dev.yaml",
      "infra/index.ts",
    ]);
    const files = located.flatMap(({ related }) => related.map(({ file }) => file));
    assert.ok(files.includes("infra/parts/lake-bucket.ts"));
    assert.deepEqual(
      files.filter((file) => !/^(infra|datasets)\//.test(file)),
      [],
    );
  });

  describe("say the same of prod", () => {
    let engine: Engine & AsyncDisposable;
    let opened: Packs;
    let plan: DeploymentDocument;

    before(async () => {
      engine = await startedEngine("prod");
      // One pipeline is enough for a change of one of its resources.
      await configure(engine.project, "prod", { datasets: ["clickstream"] });
      await rename(join(engine.project, "infra", "index.ts"), join(engine.project, "infra", "program.ts"));
      opened = await openOwnPacks("prod", true);
      plan = pipelineOf(await evaluateStack({ stack: "prod", unknowns: true }), "clickstream");
    });

    after(async () => {
      await engine[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    });

    for (const batch of batches(mutations.filter(({ engine }) => engine))) {
      it(`with ${batch.map(({ what, of }) => `${what} (${of})`).join(", ")}`, async () => {
        await writeMutations(engine, batch);
        const { code, verdict } = await previewOf(engine, "prod");
        assert.deepEqual(verdict, await verdictOf(opened, batch.reduce(mutated, plan)));
        for (const rule of batch.flatMap(({ raises }) => raises))
          assert.ok(
            verdict.some((line) => line.includes(` ${rule} `)),
            rule,
          );
        assert.equal(
          code !== 0,
          verdict.some((line) => line.startsWith("mandatory")),
        );
      });
    }
  });

  it("are tried by a dozen changes and more, which touch each pack", () => {
    const tried = mutations.filter(({ engine }) => engine);
    assert.ok(tried.length >= 12);
    for (const rules of packs.values()) {
      assert.ok(tried.some(({ raises }) => rules.some(({ name }) => raises.includes(name))));
    }
  });
});

async function startedEngine(stack: string): Promise<Engine & AsyncDisposable> {
  const engine = await Engine.start("eu-central-1");
  await engine.succeed("stack", "init", stack);
  return Object.assign(engine, { [Symbol.asyncDispose]: () => engine.stop() });
}

/** What `pulumi preview` says with all packs. Its JSON leaves the policies out, so its text is read. */
async function previewOf(engine: Engine, stack: string): Promise<{ code: number | null; verdict: Verdict }> {
  const policy = join(ownFolder, "policy");
  const options = [...packs.keys()].flatMap((pack) => [
    ...["--policy-pack", join(policy, pack)],
    ...["--policy-pack-config", join(policy, "levels", `${stack}.json`)],
  ]);
  const { code, stdout, stderr } = await engine.run("preview", "--stack", stack, ...options);
  assert.match(stdout, /^Policies:$/m, `${stdout}\n${stderr}`);
  // - [mandatory] [severity: high]  s3-encryption  (aws:s3:Bucket: clickstream-lake)
  const line = /^\s+- \[(\w+)\](?:\s+\[severity: \w+\])?\s+(\S+)\s+\(\S+?:(\w+): (.+)\)$/gm;
  const found = [...stdout.matchAll(line)].map(
    ([, level, rule, type, name]) => `${level} ${rule} ${type} ${name}`,
  );
  return { code, verdict: [...new Set(found)].sort() };
}

async function verdictOf(opened: Packs, plan: DeploymentDocument): Promise<Verdict> {
  const { violations } = await opened.evaluate(plan);
  const found = violations.map(({ level, rule, urn }) => {
    const type = urn.split("::")[2]?.split(":").at(-1);
    return `${level} ${rule} ${type} ${nameOf(urn)}`;
  });
  return [...new Set(found)].sort();
}

/**
 * The changes in as few previews as there can be: those of one have no resource and no rule in common, so that what a
 * preview says of a rule is said of one change.
 */
function batches(tried: readonly Mutation[]): Mutation[][] {
  const found: Mutation[][] = [];
  for (const mutation of tried) {
    const isApart = (other: Mutation) =>
      other.of !== mutation.of && !other.raises.some((rule) => mutation.raises.includes(rule));
    const batch = found.find((members) => members.every(isApart));
    if (batch) batch.push(mutation);
    else found.push([mutation]);
  }
  return found;
}

/** Puts a stack transformation before the program that makes the same changes as in the plan. */
async function writeMutations(engine: Engine, batch: readonly Mutation[]): Promise<void> {
  const moduleOf = (path: string) =>
    JSON.stringify(pathToFileURL(join(ownFolder, "test", "policy", path)).href);
  const program = `
    import * as pulumi from "@pulumi/pulumi";
    import { mutations } from ${moduleOf("mutations.ts")};
    import { edited } from ${moduleOf("edits.ts")};
    const batch = ${JSON.stringify(batch.map(({ what, of }) => `${what} ${of}`))};
    const open = (value, edit) => (pulumi.Output.isInstance(value) ? value.apply(edit) : edit(value));
    pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
      const target = type.split(":").at(-1) + " " + name;
      const mutation = mutations.find(({ what, of }) => of === target && batch.includes(what + " " + of));
      return mutation && { props: edited(props, mutation.change, open), opts };
    });
  `;
  await writeFile(join(engine.project, "infra", "mutation.ts"), program);
  await writeFile(
    join(engine.project, "infra", "index.ts"),
    `import "./mutation.ts";\nexport { pipelines } from "./program.ts";\n`,
  );
}
