import { EventPipeline, queriesOf, readConfig } from "sluice";
import { orders } from "./datasets/orders.ts";

const { settings } = readConfig();

const pipeline = new EventPipeline("orders", { dataset: orders, queries: queriesOf(orders), ...settings });

/** Where producers and analysts find the pipeline. */
export const pipelines = { orders: pipeline.outputs };
