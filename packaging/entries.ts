import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where package.json has what CommonJS projects get. */
export const commonjsFolder = "dist/commonjs";

interface Conditions {
  readonly import: { readonly default: string };
}

/** The modules that package.json exports, from the root and without an ending: `producer/index`. */
export function entries(): string[] {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as {
    exports: Record<string, Conditions | string>;
  };
  return Object.values(manifest.exports)
    .filter((target) => typeof target !== "string")
    .map((target) => target.import.default.replace(/^\.\/dist\/(.*)\.js$/, "$1"));
}
