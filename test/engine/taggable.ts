import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const sdkFolder = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
const known = new Map<string, boolean>();

/**
 * Whether a resource of this type takes tags. The SDK tells: the class of a taggable type, which lies in the file that
 * its type token names, has an output `tagsAll`.
 */
export function isTaggable(type: string): boolean {
  const [packageName, module = ""] = type.split(":");
  if (packageName !== "aws") return false;
  let taggable = known.get(type);
  if (taggable === undefined) {
    const file = join(sdkFolder, `${module}.js`);
    taggable = existsSync(file) && readFileSync(file, "utf8").includes(`resourceInputs["tagsAll"]`);
    known.set(type, taggable);
  }
  return taggable;
}
