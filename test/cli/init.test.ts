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

  it("declares the dataset that a file of events shows, with queries and a test of it", async () => {
    await inTemporaryFolder(async (cwd) => {
      const events = [1, 2, 3].map((id) => ({
        pageId: `p-${id}`,
        at: "2026-11-20T10:00:00Z",
        size: { w: id, h: 2 },
      }));
      await writeFile(
        join(cwd, "page-views.ndjson"),
        events.map((event) => `${JSON.stringify(event)}\n`).join(""),
      );
      const { exitCode, stdout, stderr } = await runCli(["init", "shop", "--from", "page-views.ndjson"], {
        cwd,
      });
      assert.equal(exitCode, 0, stderr);
      assert.match(stderr, /There are only 3 events/);
      assert.match(stdout, /npm start -- --input \.\.\/page-views\.ndjson /);
      const text = (path: string) => readFile(join(cwd, "shop", path), "utf8");
      assert.match(
        await text("datasets/page-views.ts"),
        /from "sluice\/dataset";[^]*export const pageViews = defineDataset/,
      );
      assert.match(await text("index.ts"), /import { pageViews } from "\.\/datasets\/page-views\.ts"/);
      assert.match(await text("queries/page-views/duplicates.sql"), /pageId AS id,[^]*FROM page_views/);
      assert.match(await text("test/page-views.test.ts"), /events\[0\]!\["pageId"\]/);
      assert.deepEqual(await readdir(join(cwd, "shop", "datasets")), ["page-views.ts"]);
      for (const file of stdout.split("\n").filter((line) => /^ {2}\S+$/.test(line))) {
        assert.doesNotMatch(await text(file.trim()), /sampled/i, file);
      }
    });
  });

  it("writes nothing when the file of events is not there, or shows no dataset", async () => {
    await inTemporaryFolder(async (cwd) => {
      const missing = await runCli(["init", "shop", "--from", "missing.ndjson"], { cwd });
      assert.notEqual(missing.exitCode, 0);
      assert.match(missing.stderr, /^sluice: [^\n]*missing\.ndjson/);
      await writeFile(join(cwd, "words.ndjson"), '{"word":"a"}\n');
      const timeless = await runCli(["init", "shop", "--from", "words.ndjson"], { cwd });
      assert.notEqual(timeless.exitCode, 0);
      assert.match(timeless.stderr, /no column is a time/);
      assert.deepEqual(await readdir(cwd), ["words.ndjson"]);
    });
  });
});
