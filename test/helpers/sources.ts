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
 * The relative imports of a TypeScript file, as paths from the root, dynamic ones too.
 * @param options.types whether imports of types alone count, which are gone when the file runs. Default: true.
 */
export function importsOf(path: string, { types = true } = {}): string[] {
  const statements = textOf(path).matchAll(
    /(?:^(?:im|ex)port\s+(type\s)?[^"';]*?from\s*|\bimport\s*\(?\s*)"(\.[^"]+)"/gm,
  );
  return [...statements]
    .filter(([, type]) => types || type === undefined)
    .map(([, , target = ""]) => normalize(join(dirname(path), target)));
}

/** What a TypeScript file imports of others: `a/b.ts name`, and `a/b.ts *` for all of a file. */
export function namesImportedBy(path: string): string[] {
  const statements = textOf(path).matchAll(
    /(?:^(?:im|ex)port\s+(?:type\s+)?(?:\{([^}]*)\}|\*[^"';]*?)\s*from\s*|\bimport\s*\(\s*)"(\.[^"]+)"/gm,
  );
  return [...statements].flatMap(([, names = "*", target = ""]) =>
    names
      .split(",")
      .map((name) =>
        name
          .trim()
          .replace(/^type\s+/, "")
          .replace(/\s+as\s.*$/, ""),
      )
      .map((name) => `${normalize(join(dirname(path), target))} ${name}`),
  );
}

/**
 * The names that a TypeScript file exports for others to import: values, and types that it does not use itself. A type
 * that it does use is exported because something else that is exported speaks of it.
 */
export function exportsOf(path: string): string[] {
  const text = textOf(path);
  // What a template holds is another file's text.
  const declarations = text
    .replaceAll(/`(?:[^`\\]|\\.)*`/g, "``")
    .matchAll(
      /^export\s+(?:async\s+|abstract\s+)*(const|let|function\*?|class|interface|type|enum)\s+(\w+)/gm,
    );
  return [...declarations].flatMap(([, keyword = "", name = ""]) => {
    const mentions = text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;
    return /interface|type/.test(keyword) && mentions > 1 ? [] : [name];
  });
}

function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
