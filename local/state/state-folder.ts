import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readJsonFile, writeJsonFile } from "./json-file.ts";
import { acquireLock, holderOf, LockedError } from "./lock.ts";

/** Rises whenever the files of a state folder get another meaning. */
export const stateVersion = 1;

/** What a twin keeps between two runs, held by one twin at a time. */
export interface StateFolder {
  readonly path: string;
  /** Objects of the declared buckets. */
  readonly lake: string;
  /** Records that the streams acknowledged. */
  readonly streams: string;
  /** How far each delivery stream came. */
  readonly deliveries: string;
  /** Files that mean nothing to the next run. */
  readonly scratch: string;
  /** Lets the next twin in. */
  close(): Promise<void>;
}

/**
 * Opens, or makes, the state folder of a stack and locks it.
 * @throws {Error} when another twin runs on it, or another version of sluice wrote it.
 */
export async function openStateFolder(path: string): Promise<StateFolder> {
  await mkdir(path, { recursive: true });
  const lock = await acquireLock(join(path, "lock")).catch((error: unknown) => {
    if (!(error instanceof LockedError)) throw error;
    throw new Error(
      `Another twin (process ${error.processId}) runs on the state folder "${path}".\n` +
        `Stop that process, or give this twin another state folder.`,
      { cause: error },
    );
  });
  try {
    await checkVersion(path);
    const folder = (name: string) => join(path, name);
    await rm(folder("scratch"), { recursive: true, force: true });
    for (const name of ["lake", "streams", "deliveries", "scratch"]) {
      await mkdir(folder(name), { recursive: true });
    }
    return {
      path,
      lake: folder("lake"),
      streams: folder("streams"),
      deliveries: folder("deliveries"),
      scratch: folder("scratch"),
      close: () => lock.release(),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Removes a state folder and everything in it: objects, acknowledged records, checkpoints.
 * @returns whether there was one.
 * @throws {Error} when a twin runs on it, or when the folder is no state folder.
 */
export async function resetStateFolder(path: string): Promise<boolean> {
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (entries === undefined) return false;
  if (entries.length > 0 && !entries.includes("version.json") && !entries.includes("lock")) {
    throw new Error(`"${path}" is not a twin's state folder: it has no version.json. Nothing was removed.`);
  }
  const holder = await holderOf(join(path, "lock"));
  if (holder !== undefined) {
    throw new Error(
      `A twin (process ${holder}) runs on the state folder "${path}". Stop it, then reset again.`,
    );
  }
  await rm(path, { recursive: true, force: true });
  return true;
}

async function checkVersion(path: string): Promise<void> {
  const file = join(path, "version.json");
  const found = (await readJsonFile(file)) as { version?: unknown } | undefined;
  if (found === undefined) return writeJsonFile(file, { version: stateVersion });
  if (found.version === stateVersion) return;
  throw new Error(
    `The state folder "${path}" has version ${JSON.stringify(found.version)}; this sluice reads version ${stateVersion}.\n` +
      `Remove it with "sluice local reset", or go on with the sluice that made it.`,
  );
}
