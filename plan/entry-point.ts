import { readFile, stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { ProjectError } from "./project-error.ts";

/** A project's program, and how Pulumi would run it. */
export interface EntryPoint {
  /** The program's file, absolute. */
  readonly main: string;
  /** The working directory of the program, absolute: that of `main` in Pulumi.yaml, else the project's folder. */
  readonly workingFolder: string;
  /**
   * `import`: an ES module. `require`: whatever Node makes of the file. `ts-node`: TypeScript in a package of CommonJS
   * modules, compiled as it is loaded.
   */
  readonly loader: "import" | "require" | "ts-node";
}

interface PackageManifest {
  readonly folder: string;
  readonly type?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
}

/**
 * Finds a project's program as Pulumi's language host for Node.js does (@pulumi/pulumi, cmd/run/run.js): `main` of
 * Pulumi.yaml, else `exports` or `main` of the nearest package.json, else index.js or index.ts. Whether it is an ES module
 * is said by `type` of that package.json.
 * @param named `main` in Pulumi.yaml: a file or a folder, relative to the project's folder.
 * @param compiles whether TypeScript is compiled as it is loaded, the option `typescript` in Pulumi.yaml.
 * @throws {ProjectError} when there is no program.
 */
export async function entryPointOf(
  folder: string,
  named: string | undefined,
  compiles: boolean,
): Promise<EntryPoint> {
  const place = named === undefined ? folder : resolve(folder, named);
  const isFile = await isFileAt(place);
  const workingFolder = isFile ? dirname(place) : place;
  const manifest = await nearestManifest(workingFolder);
  const isModule = manifest?.type === "module";
  const main = isFile ? place : await mainOf(workingFolder, manifest, isModule);
  if (main === undefined) {
    const missing = named === undefined ? "no index.ts or index.js" : `no program ${place}`;
    throw new ProjectError(
      `${join(folder, "Pulumi.yaml")}: there is ${missing}. Name the program's file as main.`,
    );
  }
  if (isModule) return { main, workingFolder, loader: "import" };
  const compiled = compiles && [".ts", ".tsx"].includes(extname(main));
  return { main, workingFolder, loader: compiled ? "ts-node" : "require" };
}

async function mainOf(
  folder: string,
  manifest: PackageManifest | undefined,
  isModule: boolean,
): Promise<string | undefined> {
  const endings = isModule ? [".js", ".mjs", ".ts", ".mts"] : [".js", ".ts"];
  const declared = manifest && declaredMain(manifest);
  const candidates = [
    ...(declared === undefined
      ? []
      : [declared, ...endings.flatMap((ending) => [declared + ending, join(declared, `index${ending}`)])]),
    ...endings.map((ending) => join(folder, `index${ending}`)),
  ];
  for (const candidate of candidates) if (await isFileAt(candidate)) return candidate;
  return undefined;
}

function declaredMain({ folder, exports, main }: PackageManifest): string | undefined {
  const root = exports !== null && typeof exports === "object" ? (exports as { ".": unknown })["."] : exports;
  const { default: byDefault, require, import: imported } = (root ?? {}) as Record<string, unknown>;
  // `exports` stands in for `main`, also where it names no entry point.
  const declared =
    exports === undefined ? main : typeof root === "string" ? root : (byDefault ?? require ?? imported);
  return typeof declared === "string" && declared !== "" ? resolve(folder, declared) : undefined;
}

/** The package.json of a folder or the nearest one above it. */
async function nearestManifest(folder: string): Promise<PackageManifest | undefined> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
  if (text !== undefined) {
    try {
      return { ...(JSON.parse(text) as object), folder };
    } catch (error) {
      throw new ProjectError(`${join(folder, "package.json")} is not JSON: ${(error as Error).message}`);
    }
  }
  return folder === dirname(folder) ? undefined : nearestManifest(dirname(folder));
}

async function isFileAt(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
