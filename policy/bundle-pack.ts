import { createHash, randomUUID } from "node:crypto";
import { glob, mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const policyFolder = import.meta.dirname;

/**
 * Bundles a pack's TypeScript into `bin/index.cjs`, which the Pulumi engine runs. `@pulumi/pulumi` and what it brings
 * stay outside: the engine starts the pack through that package's `run-policy-pack`, so it is there anyway, and a
 * second copy would double the time to boot. The first line names the sources by their hash; a bundle of the same
 * sources is left as it is.
 */
export async function bundlePack(pack: string): Promise<void> {
  const folder = join(policyFolder, pack);
  const target = join(folder, "bin", "index.cjs");
  const stamp = `// Bundled from sources ${await sourcesHash(pack)}`;
  if ((await firstLine(target)) === stamp) return;

  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(folder, "index.ts")],
    absWorkingDir: policyFolder,
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    banner: { js: stamp },
    external: ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf"],
    logLevel: "silent",
  });
  await mkdir(join(folder, "bin"), { recursive: true });
  // In one step, so that a pack that starts at the same time reads the old text or the new one.
  const draft = `${target}.${randomUUID()}`;
  await writeFile(draft, outputFiles[0]!.text);
  await rename(draft, target);
}

/** All that goes into a bundle, from this folder: the pack, what its rules share, and the versions of the dependencies. */
export async function sourcesOf(pack: string): Promise<string[]> {
  const patterns = [
    `${pack}/*.ts`,
    `${pack}/rules/*`,
    "authoring/*",
    "../aws/*.ts",
    "../athena/sql/*.ts",
    "../plan/deployment.ts",
    "bundle-pack.ts",
    "../package-lock.json",
  ];
  return (await Array.fromAsync(glob(patterns, { cwd: policyFolder }))).sort();
}

async function sourcesHash(pack: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of await sourcesOf(pack)) {
    hash.update(`${file}\0`).update(await readFile(join(policyFolder, file)));
  }
  return hash.digest("hex");
}

async function firstLine(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    for await (const line of file.readLines()) return line;
    return undefined;
  } finally {
    await file.close().catch(() => undefined);
  }
}
