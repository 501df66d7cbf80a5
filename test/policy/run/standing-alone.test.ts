import "../compile-cache.ts";
import assert from "node:assert/strict";
import { cp, mkdtemp, mkdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ownFolder } from "../../../plan/evaluate.ts";
import { packs } from "../../../policy/packs.ts";
import { readyPackFolders } from "../../../policy/run/pack-folders.ts";
import { PackSession } from "../../../policy/run/pack-session.ts";

interface PackManifest {
  files: string[];
  dependencies: Record<string, string>;
  version: string;
}

describe("A pack", () => {
  before(() => readyPackFolders([...packs.keys()]));

  for (const [name, rules] of packs) {
    it(`${name} stands alone: with the files and dependencies that its package.json names, and nothing else`, async () => {
      const folder = await mkdtemp(join(tmpdir(), "sluice-alone-"));
      try {
        const source = join(ownFolder, "policy", name);
        const manifest = JSON.parse(await readFile(join(source, "package.json"), "utf8")) as PackManifest;
        for (const file of [...manifest.files, "package.json"]) {
          await cp(join(source, file), join(folder, file), { recursive: true });
        }
        for (const dependency of Object.keys(manifest.dependencies)) {
          const link = join(folder, "node_modules", dependency);
          await mkdir(dirname(link), { recursive: true });
          await symlink(join(ownFolder, "node_modules", dependency), link);
        }
        const environment = { stack: "dev", project: "project", preview: true };
        await using session = await PackSession.open({ name, folder }, environment, new Map());
        assert.deepEqual(
          session.rules.map(({ name, level, severity }) => ({ name, level, severity })),
          rules.map(({ name, level, severity }) => ({ name, level, severity })),
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });

    it(`${name} has its package's version in its PulumiPolicy.yaml`, async () => {
      const source = join(ownFolder, "policy", name);
      const { version } = JSON.parse(await readFile(join(source, "package.json"), "utf8")) as PackManifest;
      assert.match(
        await readFile(join(source, "PulumiPolicy.yaml"), "utf8"),
        new RegExp(`^version: ${version}$`, "m"),
      );
    });
  }
});
