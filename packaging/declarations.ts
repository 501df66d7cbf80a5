import { glob, readFile } from "node:fs/promises";
import { join, posix } from "node:path";

/** Declaration files by their path in a folder. */
export interface Declarations {
  /** Those that an entry leads to, with their text. */
  readonly kept: ReadonlyMap<string, string>;
  /** All others: nobody's types depend on them. */
  readonly rest: readonly string[];
}

/** The declaration files in a folder that entries lead to by relative imports. */
export async function reachableDeclarations(
  folder: string,
  entries: readonly string[],
): Promise<Declarations> {
  const kept = new Map<string, string>();
  const waiting = entries.map((entry) => `${entry}.d.ts`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (kept.has(path)) continue;
    const text = await readFile(join(folder, path), "utf8");
    kept.set(path, text);
    for (const [, target = ""] of text.matchAll(/(?:from |import\()"(\.[^"]+)"/g)) {
      waiting.push(posix.join(posix.dirname(path), target.replace(/\.(ts|js)$/, ".d.ts")));
    }
  }
  const all = await Array.fromAsync(glob("**/*.d.ts", { cwd: folder }));
  return { kept, rest: all.filter((path) => !kept.has(path)) };
}
