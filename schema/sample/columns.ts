import type { Dataset } from "../dataset.ts";
import type { MakeGenerator } from "./generator.ts";

/** Plausible events from a dataset's columns alone. */
export function columnsGenerator(dataset: Dataset): MakeGenerator {
  return () => {
    throw new Error(`no sample of "${dataset.name}".`);
  };
}
