import { datasets } from "../datasets/index.ts";
import { queriesOf } from "../athena/named-query/library.ts";
import { readConfig } from "./config.ts";
import { EventPipeline } from "./event-pipeline.ts";

// The program: one pipeline for each dataset, or for those that the stack lists. The only file here with side effects.

const config = readConfig([...datasets.keys()]);

/** Where producers and analysts find each dataset's pipeline. */
export const pipelines: Record<string, EventPipeline["outputs"]> = Object.fromEntries(
  config.datasets.map((name) => [name, declare(name).outputs]),
);

function declare(name: string): EventPipeline {
  const dataset = datasets.get(name)!;
  return new EventPipeline(name, {
    ...config.settings,
    ...(config.accountId === undefined ? {} : { accountId: config.accountId }),
    dataset,
    queries: queriesOf(dataset),
  });
}
