import "../compile-cache.ts";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownFolder } from "../../../plan/evaluate.ts";
import type { PackFolder } from "../../../policy/run/pack-folders.ts";

/** A pack in a temporary folder, with the given text as its program. */
export async function standInPack(program: string): Promise<PackFolder & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-pack-"));
  await mkdir(join(folder, "bin"));
  await symlink(join(ownFolder, "node_modules"), join(folder, "node_modules"));
  const description = { name: "stand-in", version: "0.0.1", main: "bin/index.cjs" };
  await writeFile(join(folder, "package.json"), JSON.stringify(description));
  await writeFile(join(folder, "bin", "index.cjs"), program);
  return {
    name: "stand-in",
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The program of a pack with one rule, whose validation is the given JavaScript. */
export function packProgram(validation: string): string {
  return `const { PolicyPack } = require("@pulumi/policy");
    new PolicyPack("stand-in", { policies: [{
      name: "rule", description: "A rule.", enforcementLevel: "mandatory",
      validateResource: (args, report) => { ${validation} },
    }] });`;
}
