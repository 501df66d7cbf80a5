import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root, trackedFiles } from "../sources.ts";

/**
 * Copies this checkout as a reader has it after `npm ci`: its commands run there, and a project in a folder of it finds the
 * package `sluice`, whose entries are the sources as they are, not as they were built last.
 */
export async function copyCheckout(folder: string): Promise<void> {
  await Promise.all(trackedFiles().map((path) => cp(join(root, path), join(folder, path))));
  const modules = join(folder, "node_modules");
  await linkEntries(join(root, "node_modules"), modules, [".bin", ".cache", "sluice"]);
  await linkEntries(join(root, "node_modules/.bin"), join(modules, ".bin"), ["sluice"]);
  await symlink(join(folder, "cli/sluice.js"), join(modules, ".bin/sluice"));

  const installed = join(modules, "sluice");
  await linkEntries(folder, installed, ["node_modules", "package.json"]);
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Manifest;
  const sources = { ...manifest, exports: exportedSources(manifest) };
  await writeFile(join(installed, "package.json"), JSON.stringify(sources));
}

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** The source behind each entry of the package: `./dist/sluice.js` is built from `./sluice.ts`. */
function exportedSources({ exports }: Manifest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(exports).map(([entry, target]) => {
      const [, built] = /"(?:\.\/dist\/)([^"]+)\.js"/.exec(JSON.stringify(target)) ?? [];
      return [entry, built === undefined ? String(target) : `./${built}.ts`];
    }),
  );
}

/** Compiles programs in a copied checkout, with its own strictness. */
export async function assertCompiles(checkout: string, files: readonly string[]): Promise<void> {
  const manifest = JSON.parse(await readFile(join(checkout, "package.json"), "utf8")) as Manifest;
  const paths = Object.entries(exportedSources(manifest)).map(([entry, source]) => [
    join("sluice", entry),
    [join(checkout, source)],
  ]);
  const project = join(checkout, "tsconfig.pages.json");
  const compilerOptions = { types: ["node"], paths: Object.fromEntries(paths) as unknown };
  await writeFile(project, JSON.stringify({ extends: "./tsconfig.json", compilerOptions, files }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "--project", project, "--pretty", "false"]).catch(
    (error: unknown) => assert.fail((error as { stdout: string }).stdout),
  );
}

async function linkEntries(from: string, to: string, without: readonly string[]): Promise<void> {
  await mkdir(to, { recursive: true });
  const names = existsSync(from) ? await readdir(from) : [];
  for (const name of names.filter((each) => !without.includes(each))) {
    await symlink(join(from, name), join(to, name));
  }
}
