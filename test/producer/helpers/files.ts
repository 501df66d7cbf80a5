import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that is gone after the test file's tests. */
export function temporaryFolder(): { path: (name: string) => string; write: typeof write } {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-producer-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  async function write(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(path(name), content);
    return path(name);
  }
  return { path, write };
}

export async function collected<T>(items: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
