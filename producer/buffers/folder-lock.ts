import { readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Makes a folder this process's own until it ends or unlocks it. The lock of a process that is gone counts for nothing.
 * @returns the function that unlocks.
 * @throws {Error} when a living process has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, "lock");
  for (let attempt = 1; ; attempt++) {
    try {
      await writeFile(path, String(process.pid), { flag: "wx" });
      return () => unlink(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 3) throw error;
    }
    const owner = Number(await readFile(path, "utf8"));
    if (owner !== process.pid && isAlive(owner)) {
      throw new Error(`${folder} is in use by process ${owner}. Give each producer a folder of its own.`);
    }
    await unlink(path);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
