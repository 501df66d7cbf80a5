import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { packs } from "../../policy/packs.ts";
import { root } from "../helpers/sources.ts";
import { packed } from "./installed.ts";
import { run } from "./run.ts";

interface Manifest {
  readonly name: string;
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
}

describe("the tarball", () => {
  it("holds the library, the packs' bundles and the templates", async () => {
    const paths = new Set((await packed()).files.map(({ path }) => path));
    const wanted = [
      "dist/sluice.js",
      "dist/sluice.d.ts",
      "dist/commonjs/sluice.js",
      "dist/cli/main.js",
      "dist/local/stream/kinesis-mock-preload.js",
      "cli/sluice.js",
      "needs/node-version.cjs",
      "templates/project/gitignore",
      "templates/project/.github/workflows/policy.yml",
      ...[...packs.keys()].flatMap((pack) =>
        ["bin/index.cjs", "package.json", "PulumiPolicy.yaml"].map((file) => `policy/${pack}/${file}`),
      ),
    ];
    assert.deepEqual(
      wanted.filter((path) => !paths.has(path)),
      [],
    );
  });

  it("holds nothing of this project's own, no test and no source", async () => {
    const own =
      /^(test|datasets|fixtures|queries|bench|docs|examples|packaging)\/|^dist\/(datasets|fixtures|test|bench)\/|^dist\/infra\/index|^Pulumi/;
    const unwanted = (await packed()).files
      .map(({ path }) => path)
      .filter((path) => own.test(path) || (path.endsWith(".ts") && !/\.d\.ts$|^templates\//.test(path)));
    assert.deepEqual(unwanted, []);
  });

  it("is smaller than 1.5 MB", async () => {
    assert.ok((await packed()).size < 1.5e6);
  });

  it("imports nothing that package.json does not declare", async () => {
    const { name, dependencies, peerDependencies } = JSON.parse(
      await readFile(join(root, "package.json"), "utf8"),
    ) as Manifest;
    // Bundling packs happens in a checkout alone, where the sources are.
    const declared = new Set([name, "esbuild", ...Object.keys({ ...dependencies, ...peerDependencies })]);
    const undeclared: string[] = [];
    for (const { path } of (await packed()).files) {
      if (!/^dist\/.*\.(js|d\.ts)$/.test(path)) continue;
      const text = await readFile(join(root, path), "utf8");
      for (const { fileName: specifier } of ts.preProcessFile(text, true, true).importedFiles) {
        if (/^[.#]|^node:/.test(specifier)) continue;
        const [scope = "", rest] = specifier.split("/");
        const packageName = scope.startsWith("@") ? `${scope}/${rest}` : scope;
        if (!declared.has(packageName)) undeclared.push(`${path}: ${specifier}`);
      }
    }
    assert.deepEqual(undeclared, []);
  });

  for (const [tool, args] of [
    ["publint", ["run", "--strict"]],
    ["attw", ["--format", "ascii", "--no-emoji", "--no-color"]],
  ] as const) {
    it(`has nothing that ${tool} finds wrong`, async () => {
      const { file } = await packed();
      const command = join(root, "node_modules", ".bin", tool);
      assert.ok(existsSync(command));
      const { code, stdout, stderr } = await run(command, [...args, file], { cwd: root });
      assert.equal(code, 0, stdout + stderr);
    });
  }
});
