import { readdir } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { ownFolder } from "../plan/evaluate.ts";

/** What every stack's program, or its verdict, is made of. */
const shared =
  /^(infra|datasets|queries|plan|policy|cli)\/|^(Pulumi\.yaml|package\.json|package-lock\.json)$/;

/** What belongs to one stack: its configuration, and its levels. */
const own = /^(?:Pulumi\.(.+)\.yaml|policy\/levels\/(.+)\.json)$/;

/**
 * The stacks whose verdict a change can alter.
 * @param paths the changed files, from the project's root.
 */
export function touchedStacks(paths: readonly string[], stacks: readonly string[]): string[] {
  const named = new Set<string>();
  for (const path of paths) {
    const [found, config, levels] = own.exec(path) ?? [];
    if (found !== undefined) named.add((config ?? levels)!);
    else if (shared.test(path)) return [...stacks];
  }
  return stacks.filter((stack) => named.has(stack));
}

// `git diff --name-only A B | node policy/touched-stacks.ts` prints the stacks as JSON, for a workflow's matrix.
if (import.meta.main) {
  const stacks = (await readdir(ownFolder)).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const paths = (await text(process.stdin)).split("\n").filter((path) => path !== "");
  console.log(JSON.stringify(touchedStacks(paths, stacks.sort())));
}
