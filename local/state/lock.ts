import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";

/** Held while a twin runs. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock file, which holds the process id of the twin that has it. A lock whose process is gone is taken over.
 * @throws {LockedError} when a living process holds it.
 */
export async function acquireLock(path: string): Promise<Lock> {
  // The file is linked into place complete, so nobody reads a lock without a process id.
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    for (;;) {
      try {
        await link(own, path);
        return { release: () => rm(path, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = await holderOf(path);
      if (holder !== undefined) throw new LockedError(path, holder);
      await rm(path, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

/** The living process that holds a lock file, if there is one. */
export async function holderOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  const holder = Number(text);
  return Number.isInteger(holder) && holder > 0 && isAlive(holder) ? holder : undefined;
}

export class LockedError extends Error {
  readonly processId: number;

  constructor(path: string, processId: number) {
    super(`Process ${processId} holds "${path}".`);
    this.name = "LockedError";
    this.processId = processId;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
