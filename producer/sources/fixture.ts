import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Dataset } from "../../schema/dataset.ts";
import { generateEvents, type GenerateOptions } from "../../schema/sample/index.ts";
import type { Generator, MakeGenerator } from "../../schema/sample/generator.ts";
import { fileEvents } from "./file.ts";
import { InputError } from "./input-error.ts";
import type { SourceEvents } from "./source-event.ts";

/** What a project may bring for a dataset, in `fixtures/`: its first is taken. Nothing of it is needed. */
const files = ["ndjson", "ndjson.gz", "csv", "csv.gz"];
const generators = ["ts", "mts", "js", "mjs", "cjs"];

/**
 * A sample of a dataset: the events in the project's `fixtures/<dataset>.ndjson` (also .csv, each also .gz), where it is
 * there and no number of events is wanted; else what `fixtures/<dataset>.ts` generates by its default export; else what the
 * columns alone say.
 * @param folder of the Pulumi project.
 * @throws {InputError} when a file holds no events, or a module can't be loaded or makes none.
 */
export async function sampleEvents(
  dataset: Dataset,
  folder: string,
  options: Partial<GenerateOptions>,
  defaultCount: number,
): Promise<SourceEvents> {
  const path = (endings: readonly string[]) =>
    endings
      .map((ending) => join(folder, "fixtures", `${dataset.name}.${ending}`))
      .find((file) => existsSync(file));
  const file = path(files);
  if (file !== undefined && options.count === undefined) return fileEvents(file, dataset);
  const generator = path(generators);
  return generateEvents(dataset, {
    ...options,
    count: options.count ?? defaultCount,
    ...(generator !== undefined && { make: await generatorIn(generator) }),
  });
}

async function generatorIn(file: string): Promise<MakeGenerator> {
  const refuse = (problem: string) =>
    new InputError(`${file} ${problem}. Export by default: (random, count) => ({ next, unconvertible }).`);
  const module = import(pathToFileURL(file).href) as Promise<{ default?: unknown }>;
  const { default: make } = await module.catch((error: unknown) => {
    throw refuse(`can't be loaded: ${(error as Error).message}`);
  });
  if (typeof make !== "function") throw refuse("has no default export that makes events");
  return (random, count) => {
    const generator = (make as MakeGenerator)(random, count) as Partial<Generator> | undefined;
    if (typeof generator?.next !== "function") throw refuse("gives no function `next` that makes an event");
    return { next: generator.next, unconvertible: generator.unconvertible ?? [] };
  };
}
