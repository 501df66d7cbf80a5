import { createRequire } from "node:module";
import { dirname } from "node:path";

const require = createRequire(import.meta.url);

interface OwnManifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** sluice's own package.json. Read on use: a program that is bundled without it has no need of it. */
export function ownManifest(): OwnManifest {
  return require("sluice/package.json") as OwnManifest;
}

/** The folder that sluice is installed in, or the checkout. */
export function packageFolder(): string {
  return dirname(require.resolve("sluice/package.json"));
}
