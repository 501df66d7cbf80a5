import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, normalize, dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Paths of all files that git tracks, or would track, from the root. */
export function trackedFiles(): string[] {
  const list = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const deleted = execFileSync("git", ["ls-files", "--deleted"], { cwd: root, encoding: "utf8" });
  const gone = new Set(deleted.split("\n"));
  return list.split("\n").filter((path) => path !== "" && !gone.has(path));
}

/**
 * The relative imports of a TypeScript file, as paths from the root; dynamic ones too.
 * @param types whether imports of types alone count, which are gone when the file runs.
 */
export function importsOf(path: string, { types }: { types: boolean }): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const statements = text.matchAll(
    /(?:^(?:im|ex)port\s+(type\s)?[^"';]*?from\s*|\bimport\s*\(?\s*)"(\.[^"]+)"/gm,
  );
  return [...statements]
    .filter((match) => types || match[1] === undefined)
    .map((match) => normalize(join(dirname(path), match[2] ?? "")));
}
