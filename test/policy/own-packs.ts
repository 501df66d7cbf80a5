import "./compile-cache.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ownFolder } from "../../plan/evaluate.ts";
import { packs } from "../../policy/packs.ts";
import { readLevels, type RuleConfig } from "../../policy/run/levels.ts";
import { readyPackFolders } from "../../policy/run/pack-folders.ts";
import { Packs } from "../../policy/run/packs.ts";

/** sluice's own packs, booted and configured as `sluice policy --stack` does. */
export async function openOwnPacks(stack: string, preview = false): Promise<Packs> {
  return Packs.open({
    packs: await readyPackFolders([...packs.keys()]),
    environment: { stack, project: "sluice", preview },
    config: await ownLevels(stack),
  });
}

export async function ownLevels(stack: string): Promise<Map<string, RuleConfig>> {
  const path = join(ownFolder, "policy", "levels", `${stack}.json`);
  return readLevels(await readFile(path, "utf8"), path, [...packs.values()].flat());
}
