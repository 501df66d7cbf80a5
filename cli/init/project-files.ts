import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageFolder } from "../../needs/own-package.ts";
import { manifestOf } from "./manifest.ts";

export interface ProjectOptions {
  /** The Pulumi project's name. */
  readonly name: string;
  /** Where it will lie, absolute: local packages are named relative to it. */
  readonly folder: string;
}

/** npm leaves these files out of a package under their own name. */
const renamed: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

/** The files of a new project, by their path in it. */
export async function projectFiles({ name, folder }: ProjectOptions): Promise<Map<string, string>> {
  const words = {
    "sluice-project": name,
    // No event arrives before the project is there.
    "2026-11-01": new Date().toISOString().slice(0, 10),
  };
  const files = new Map([["package.json", `${JSON.stringify(await manifestOf(name, folder), null, 2)}\n`]]);
  for (const template of ["project", "orders"]) {
    const from = join(packageFolder(), "templates", template);
    for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const within = path.slice(from.length + 1).replaceAll("\\", "/");
      files.set(renamed[within] ?? within, replaced(await readFile(path, "utf8"), words));
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function replaced(text: string, words: Readonly<Record<string, string>>): string {
  return Object.entries(words).reduce((result, [word, by]) => result.replaceAll(word, by), text);
}
