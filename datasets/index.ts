import { readdirSync } from "node:fs";
import type { Dataset } from "../schema/dataset.ts";

/** Every dataset that flows here, by name: what the files of this folder export. A new one is a file, no more. */
export const datasets: ReadonlyMap<string, Dataset> = new Map(
  (
    await Promise.all(
      declarations().map(async (file) => Object.values((await import(file)) as object) as Dataset[]),
    )
  )
    .flat()
    .map((dataset) => [dataset.name, dataset]),
);

function declarations(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && file !== "index.ts")
    .sort()
    .map((file) => new URL(file, import.meta.url).href);
}
