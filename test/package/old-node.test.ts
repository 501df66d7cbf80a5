import assert from "node:assert/strict";
import { join } from "node:path";
import { packs } from "../../policy/packs.ts";
import { backend, otherNode, project, tooOldNode } from "./installed.ts";
import { run } from "./run.ts";

const nodeOf = otherNode(tooOldNode);
const sentence = new RegExp(
  `sluice needs Node 22\\.18 or later, this is v${tooOldNode.replaceAll(".", "\\.")}\\.`,
);

describe(`under Node ${tooOldNode}`, () => {
  async function saidBy(cwd: string, ...args: string[]) {
    const node = await nodeOf();
    const { code, stdout, stderr } = await run(node, args, { cwd, node });
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, sentence);
    assert.doesNotMatch(stdout + stderr, /TypeError|SyntaxError|\n\s+at /);
  }

  it("the command says what it needs, and nothing else", async () => {
    const cwd = await backend();
    const node = await nodeOf();
    const { code, stdout, stderr } = await run(node, ["node_modules/sluice/cli/sluice.js", "plan"], {
      cwd,
      node,
    });
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, new RegExp(`^${sentence.source}[^\\n]*\\n$`));
  });

  for (const entry of [
    "sluice",
    "sluice/dataset",
    "sluice/producer",
    "sluice/queries",
    "sluice/policy",
    "sluice/testing",
  ]) {
    it(`import "${entry}" says it`, async () => {
      await saidBy(await project(), "--input-type=module", "--eval", `import "${entry}"`);
    });

    it(`require("${entry}") says it`, async () => {
      await saidBy(await project(), "--eval", `require("${entry}")`);
    });
  }

  for (const pack of packs.keys()) {
    it(`the pack ${pack} says it`, async () => {
      const cwd = await project();
      const starter = join(cwd, "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");
      await saidBy(cwd, starter, "127.0.0.1:0", join(cwd, "node_modules/sluice/policy", pack));
    });
  }
});
