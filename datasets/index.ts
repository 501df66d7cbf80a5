import { accessLog } from "./access-log.ts";
import { clickstream } from "./clickstream.ts";
import type { Dataset } from "../schema/dataset.ts";
import { riskEvent } from "./risk-event.ts";

/** Every dataset that flows here, by name. To add one, write its file and list it. */
export const datasets: ReadonlyMap<string, Dataset> = new Map(
  [accessLog, clickstream, riskEvent].map((dataset) => [dataset.name, dataset]),
);

/**
 * The dataset of a name.
 * @throws {Error} naming the datasets there are.
 */
export function datasetNamed(name: string): Dataset {
  const dataset = datasets.get(name);
  if (dataset) return dataset;
  throw new Error(`no dataset "${name}". There are ${[...datasets.keys()].join(", ")}.`);
}
