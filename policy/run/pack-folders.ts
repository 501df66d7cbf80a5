import { existsSync } from "node:fs";
import { join } from "node:path";
import { ownFolder } from "../../plan/evaluate.ts";

/** A pack that can be booted. */
export interface PackFolder {
  readonly name: string;
  readonly folder: string;
}

/**
 * The folders of sluice's own packs, ready to boot. In a checkout each is bundled anew when its TypeScript has
 * changed, so that no stale bundle runs; an installed package carries the bundles only.
 */
export async function readyPackFolders(names: readonly string[]): Promise<PackFolder[]> {
  return Promise.all(
    names.map(async (name) => {
      const folder = join(ownFolder, "policy", name);
      if (existsSync(join(folder, "index.ts"))) {
        // esbuild is there for development only.
        const { bundlePack } = await import("../bundle-pack.ts");
        await bundlePack(name);
      }
      return { name, folder };
    }),
  );
}
