import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * The types of @pulumi/aws that take a map of tags: those whose SDK class sends `tags` and receives `tagsAll`. Read
 * from the SDK's text, because loading all of it takes seconds.
 */
export function taggableTypesOfSdk(): string[] {
  const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
  const files = readdirSync(sdk, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && entry.name !== "types")
    .flatMap(({ name }) => readdirSync(join(sdk, name)).map((file) => join(sdk, name, file)))
    .filter((file) => file.endsWith(".js"));
  return files
    .map((file) => readFileSync(file, "utf8"))
    .filter((text) => /resourceInputs\["tags"\]/.test(text) && /resourceInputs\["tagsAll"\]/.test(text))
    .flatMap((text) => /__pulumiType = '(aws:[^']+)'/.exec(text)?.[1] ?? [])
    .sort();
}

if (import.meta.main) {
  const target = join(import.meta.dirname, "authoring", "taggable-types.json");
  await writeFile(target, `${JSON.stringify(taggableTypesOfSdk(), undefined, 2)}\n`);
}
