import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { ownManifest, packageFolder } from "../../needs/own-package.ts";

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly packages?: Readonly<Record<string, { readonly resolved?: string } | undefined>>;
}

/**
 * Where a new project gets sluice from: where this one came from. A checkout or a tarball on this machine by its path, a
 * git repository by its URL, the registry by this version.
 * @param project the new project's folder, absolute: paths are relative to it.
 */
export async function sluiceSpecifier(project: string): Promise<string> {
  const folder = packageFolder();
  const modules = installationOf(folder);
  if (modules === undefined) return local(folder, project);
  const source = await sourceIn(modules);
  if (source === undefined || /^https?:.*\/-\/[^/]+\.tgz$/.test(source)) return ownManifest().version;
  if (!source.startsWith("file:")) return source;
  return local(resolve(dirname(modules), source.slice("file:".length)), project);
}

/** The folder node_modules of the installation that sluice is in: the outermost, as pnpm has one in another. */
function installationOf(folder: string): string | undefined {
  const parts = folder.split(/[\\/]/);
  const at = parts.indexOf("node_modules");
  return at === -1 ? undefined : parts.slice(0, at + 1).join("/");
}

/** What npm noted of the package, else what the package.json beside asks for; undefined for a version of the registry. */
async function sourceIn(modules: string): Promise<string | undefined> {
  const noted = (await readJson(join(modules, ".package-lock.json")))?.packages?.["node_modules/sluice"]
    ?.resolved;
  if (noted !== undefined) return noted;
  const { dependencies, devDependencies } = (await readJson(join(modules, "..", "package.json"))) ?? {};
  const asked = dependencies?.["sluice"] ?? devDependencies?.["sluice"];
  return asked !== undefined && /[:/]/.test(asked) ? asked : undefined;
}

async function readJson(path: string): Promise<PackageJson | undefined> {
  return existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as PackageJson) : undefined;
}

function local(path: string, project: string): string {
  return `file:${relative(project, path).replaceAll("\\", "/")}`;
}
