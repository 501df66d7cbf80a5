import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inTemporaryFolder, runCli } from "../helpers/run-cli.ts";
import { root } from "../helpers/sources.ts";

describe("sluice init", () => {
  it("writes a project of the folder's name, with no word of a template left", async () => {
    await inTemporaryFolder(async (cwd) => {
      const { exitCode, stdout, stderr } = await runCli(["init", "web-shop"], { cwd });
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /cd web-shop\n {2}npm install/);
      const folder = join(cwd, "web-shop");
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map(({ name, parentPath }) => join(parentPath, name));
      const text = (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
      assert.doesNotMatch(text, /sluice-project|2026-11-01/);
      assert.match(text, /^name: web-shop$/m);
      assert.match(text, /^ {2}web-shop:owner:/m);
      for (const file of files) assert.ok(stdout.includes(`  ${file.slice(folder.length + 1)}\n`), file);
      assert.ok(
        files.includes(join(folder, ".gitignore")) &&
          files.includes(join(folder, ".github/workflows/policy.yml")),
      );
    });
  });

  it("takes an empty folder, one with a repository too, and another name", async () => {
    await inTemporaryFolder(async (cwd) => {
      await mkdir(join(cwd, ".git"));
      const { exitCode, stderr } = await runCli(["init", "--name", "clicks"], { cwd });
      assert.equal(exitCode, 0, stderr);
      assert.match(await readFile(join(cwd, "Pulumi.yaml"), "utf8"), /^name: clicks$/m);
    });
  });

  it("asks for the checkout that it was run from", async () => {
    await inTemporaryFolder(async (cwd) => {
      await runCli(["init", "shop"], { cwd });
      const { dependencies } = JSON.parse(await readFile(join(cwd, "shop/package.json"), "utf8")) as {
        dependencies: { sluice: string };
      };
      assert.equal(join(cwd, "shop", dependencies.sluice.replace(/^file:/, "")), root.replace(/\/$/, ""));
    });
  });

  it("refuses a folder that holds something, says what, and writes nothing", async () => {
    await inTemporaryFolder(async (cwd) => {
      await mkdir(join(cwd, "shop"));
      await writeFile(join(cwd, "shop", "notes.txt"), "mine");
      const { exitCode, stdout, stderr } = await runCli(["init", "shop"], { cwd });
      assert.equal(exitCode, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /^sluice: .*shop is not empty: it holds notes\.txt\. Name a new folder[^\n]*\n$/);
      assert.deepEqual(await readdir(cwd, { recursive: true }), ["shop", "shop/notes.txt"]);
    });
  });

  it("refuses a file in the folder's place", async () => {
    await inTemporaryFolder(async (cwd) => {
      await writeFile(join(cwd, "shop"), "mine");
      const { exitCode, stderr } = await runCli(["init", "shop"], { cwd });
      assert.equal(exitCode, 2);
      assert.match(stderr, /^sluice: .*shop is no folder that can be read/);
      assert.deepEqual(await readdir(cwd), ["shop"]);
    });
  });

  for (const name of ["Shop", "9-shops", "web_shop", "shop-", "a-name-that-is-longer-than-it-may-be"]) {
    it(`refuses the name ${name}, naming the rule, and writes nothing`, async () => {
      await inTemporaryFolder(async (cwd) => {
        const { exitCode, stderr } = await runCli(["init", "new", "--name", name], { cwd });
        assert.equal(exitCode, 2);
        assert.match(
          stderr,
          new RegExp(`^sluice: --name, "${name}", can't be the project's: use 1-\\d+ lower-case`),
        );
        assert.deepEqual(await readdir(cwd), []);
      });
    });
  }
});
