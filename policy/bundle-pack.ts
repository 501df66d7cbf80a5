import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { build } from "esbuild";

/**
 * Bundles a pack's TypeScript into `bin/index.cjs`, which the Pulumi engine runs. Only `@pulumi/pulumi` stays outside:
 * the engine starts the pack through that package's `run-policy-pack`, so it is there anyway, and a second copy would
 * double the time to boot.
 * @param folder the pack's folder
 */
export async function bundlePack(folder: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "index.ts")],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["@pulumi/pulumi", "@grpc/grpc-js", "google-protobuf"],
    minifySyntax: true,
    logLevel: "silent",
  });
  const target = join(folder, "bin", "index.cjs");
  const text = outputFiles[0]!.text;
  if ((await readFile(target, "utf8").catch(() => undefined)) === text) return;
  await mkdir(join(folder, "bin"), { recursive: true });
  // In one step, so that a pack that starts at the same time reads the old text or the new one.
  const draft = `${target}.${randomUUID()}`;
  await writeFile(draft, text);
  await rename(draft, target);
}
