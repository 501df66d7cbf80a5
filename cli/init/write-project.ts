import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../user-error.ts";

/** What an empty folder may hold: `git init` comes first for some. */
const ignored = new Set([".git", ".DS_Store"]);

/**
 * Writes a project into a new or an empty folder: beside it first, then in one step, so that nothing is left half-written.
 * @param files text by path.
 * @throws {UserError} when the folder holds something, is none, or can't be written.
 */
export async function writeProject(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const isThere = await refuseUnlessEmpty(folder);
  const draft = `${folder}.${randomUUID().slice(0, 8)}`;
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(draft, path)), { recursive: true });
      await writeFile(join(draft, path), text);
    }
    if (!isThere) return await rename(draft, folder);
    for (const entry of await readdir(draft)) await rename(join(draft, entry), join(folder, entry));
  } catch (error) {
    throw new UserError(`${folder} can't be written: ${(error as Error).message}`, 1);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** @returns whether the folder is there. */
async function refuseUnlessEmpty(folder: string): Promise<boolean> {
  let entries: string[];
  try {
    entries = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw new UserError(`${folder} is no folder that can be read: ${(error as Error).message}`);
  }
  const found = entries.filter((entry) => !ignored.has(entry)).sort();
  if (found.length === 0) return true;
  const more = found.length > 8 ? `, and ${found.length - 8} more` : "";
  throw new UserError(
    `${folder} is not empty: it holds ${found.slice(0, 8).join(", ")}${more}. Name a new folder: sluice init my-pipeline`,
  );
}
