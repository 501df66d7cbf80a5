import { readFile, rename, writeFile } from "node:fs/promises";

/** Replaces a JSON file as a whole: after a kill there is the old text or the new one, never a part. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  const beside = `${path}.new`;
  await writeFile(beside, `${JSON.stringify(value)}\n`);
  await rename(beside, path);
}

/** The value of a JSON file, or undefined when there is no such file. */
export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`"${path}" can't be read: ${(error as Error).message}`, { cause: error });
  }
}
