import { EventPipeline, queriesOf, readConfig } from "sluice";
import { sampledEvents } from "./datasets/sampled-events.ts";

const { settings } = readConfig();

const pipeline = new EventPipeline("sampled-events", {
  dataset: sampledEvents,
  queries: queriesOf(sampledEvents),
  ...settings,
});

/** Where producers and analysts find the pipeline. */
export const pipelines = { "sampled-events": pipeline.outputs };
