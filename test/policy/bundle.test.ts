import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sourcesOf } from "../../policy/bundle-pack.ts";
import { ownFolder } from "../../plan/evaluate.ts";
import { readyPackFolders } from "../../policy/run/pack-folders.ts";

const bundle = join(ownFolder, "policy", "reliability", "bin", "index.cjs");

describe("A pack's bundle", () => {
  beforeEach(() => readyPackFolders(["reliability"]));

  it("of other sources is made anew before it is booted", async () => {
    const right = await readFile(bundle, "utf8");
    await writeFile(bundle, right.replace(/sources [0-9a-f]{64}/, `sources ${"0".repeat(64)}`));
    await readyPackFolders(["reliability"]);
    assert.equal(await readFile(bundle, "utf8"), right);
  });

  for (const pack of ["cost", "reliability", "security"]) {
    it(`${pack} is made anew when any file that it is made of has changed`, async () => {
      await readyPackFolders([pack]);
      const text = await readFile(join(ownFolder, "policy", pack, "bin", "index.cjs"), "utf8");
      // esbuild names each module in a comment.
      const bundled = [...text.matchAll(/^\/\/ (\S+\.(?:ts|json))$/gm)].map(([, path = ""]) => path);
      const own = bundled.filter((path) => !path.includes("node_modules/"));
      assert.ok(own.includes("authoring/findings.ts"));
      const sources = await sourcesOf(pack);
      assert.deepEqual(
        own.filter((path) => !sources.includes(path)),
        [],
      );
    });
  }

  it("of the same sources is left as it is", async () => {
    const before = await stat(bundle);
    await readyPackFolders(["reliability"]);
    assert.equal((await stat(bundle)).mtimeMs, before.mtimeMs);
  });

  it("holds nothing of @pulumi/aws, which would take seconds to load", async () => {
    assert.doesNotMatch(await readFile(bundle, "utf8"), /require\("@pulumi\/aws/);
  });
});
