import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";

/** Held while an emulator runs. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock file, which names the process that has it. A lock whose process is gone is taken over.
 * @throws {LockedError} when a living process holds it.
 */
export async function acquireLock(path: string): Promise<Lock> {
  // The file is linked into place complete, so nobody reads a lock that names no process.
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, JSON.stringify({ processId: process.pid, startTime: await startTimeOf(process.pid) }));
  try {
    for (;;) {
      try {
        await link(own, path);
        return { release: () => rm(path, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const text = await readFile(path, "utf8").catch(() => "");
      const holder = await livingHolder(text);
      if (holder !== undefined) throw new LockedError(path, holder);
      await removeStale(path, text);
    }
  } finally {
    await rm(own, { force: true });
  }
}

export class LockedError extends Error {
  readonly processId: number;

  constructor(path: string, processId: number) {
    super(`Process ${processId} holds "${path}".`);
    this.name = "LockedError";
    this.processId = processId;
  }
}

/** Moves the lock away before it is removed, in case that another process has just replaced it. */
async function removeStale(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, "utf8")) !== text) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function livingHolder(text: string): Promise<number | undefined> {
  const { processId, startTime } = parse(text);
  if (processId === undefined || !isAlive(processId)) return undefined;
  // A process id is given to another process some day: soon in a container, where they are few.
  const found = await startTimeOf(processId);
  return startTime === undefined || found === undefined || startTime === found ? processId : undefined;
}

function parse(text: string): { processId?: number; startTime?: string } {
  try {
    const { processId, startTime } = JSON.parse(text) as { processId?: unknown; startTime?: unknown };
    return {
      ...(Number.isInteger(processId) && Number(processId) > 0 && { processId: Number(processId) }),
      ...(typeof startTime === "string" && { startTime }),
    };
  } catch {
    return {};
  }
}

/** Whether a process is there, whoever it belongs to. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, in clock ticks since the system's start: field 22 of /proc/PID/stat. Known on Linux only. */
async function startTimeOf(processId: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${processId}/stat`, "utf8").catch(() => "");
  // The second field, the program's name in brackets, may hold spaces.
  return text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .at(19);
}
