import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readJsonFile, writeJsonFile } from "./json-file.ts";
import { acquireLock, LockedError, type Lock } from "./lock.ts";

/** Rises whenever the files of a state folder get another meaning. */
const stateVersion = 2;

/** What an emulator keeps between two runs, held by one emulator at a time. */
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
  /** Lets the next emulator in. */
  close(): Promise<void>;
}

/**
 * Opens, or makes, the state folder of a stack and locks it.
 * @throws {Error} when another emulator runs on it, or another version of sluice wrote it.
 */
export async function openStateFolder(path: string): Promise<StateFolder> {
  const lock = await lockFolder(path);
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
 * @throws {Error} when an emulator runs on it, or when the folder is no state folder.
 */
export async function resetStateFolder(path: string): Promise<boolean> {
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (entries === undefined) return false;
  if (entries.length > 0 && !entries.includes("version.json") && !entries.includes("lock")) {
    throw new Error(
      `"${path}" is not an emulator's state folder: it has no version.json. Nothing was removed.`,
    );
  }
  await lockFolder(path);
  // Away in one step, lock and all: a reset that is cut off leaves no folder that is neither there nor gone.
  await rename(path, `${path}${removing}${randomUUID()}`);
  await removeLeftovers(path);
  return true;
}

const removing = ".removing-";

/** Removes what was moved away, by this reset and by those that were cut off. */
async function removeLeftovers(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(`${basename(path)}${removing}`)) continue;
    await rm(join(dirname(path), name), { recursive: true, force: true });
  }
}

/** Makes the folder where there is none, and takes its lock. */
async function lockFolder(path: string): Promise<Lock> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(path, { recursive: true });
      return await acquireLock(join(path, "lock"));
    } catch (error) {
      // A reset by somebody else took the folder away in between.
      if ((error as NodeJS.ErrnoException).code === "ENOENT" && attempt < 3) continue;
      throw understandable(error, path);
    }
  }
}

function understandable(error: unknown, path: string): unknown {
  if (error instanceof LockedError) {
    return new Error(
      `Another emulator (process ${error.processId}) runs on the state folder "${path}".\n` +
        "Wait until it ends, or stop it (Ctrl-C where it runs).",
      { cause: error },
    );
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "EACCES" && code !== "EROFS" && code !== "EPERM") return error;
  return new Error(
    `The state folder "${path}" can't be written (${code}).\nRun this in a folder where you may write.`,
    { cause: error },
  );
}

async function checkVersion(path: string): Promise<void> {
  const file = join(path, "version.json");
  const found = (await readJsonFile(file)) as { version?: unknown } | undefined;
  if (found === undefined) return writeJsonFile(file, { version: stateVersion });
  if (found.version === stateVersion) return;
  throw new Error(
    `The state folder "${path}" has version ${JSON.stringify(found.version)}; this sluice reads version ${stateVersion}.\n` +
      "Remove it with `sluice local reset` (--stack names another than local), or go on with the sluice that made it.",
  );
}
