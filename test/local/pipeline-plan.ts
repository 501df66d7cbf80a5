import type { Dataset } from "../../schema/dataset.ts";
import { clickstream } from "../../datasets/clickstream.ts";
import { EventPipeline, type EventPipelineArgs } from "../../infra/event-pipeline.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { recordResources } from "../../plan/evaluate.ts";

/** The plan of one pipeline, of clickstream unless another dataset is given, that delivers every record at once. */
export function pipelinePlan(args: Partial<EventPipelineArgs> = {}): Promise<DeploymentDocument> {
  const dataset: Dataset = args.dataset ?? clickstream;
  return recordResources(
    {
      folder: process.cwd(),
      project: "sluice",
      stack: "local",
      config: { "aws:region": "eu-central-1", "sluice:accountId": "000000000000" },
    },
    () =>
      void new EventPipeline(dataset.name, {
        owner: "web-team",
        costCenter: "4711",
        bufferingIntervalSeconds: 0,
        ...args,
        dataset,
      }),
  );
}

/** A click, with what a test wants otherwise. */
export function click(event_id: string, more: object = {}): Record<string, unknown> {
  return {
    event_id,
    event_time: "2026-11-20T10:00:00Z",
    event_type: "click",
    visitor_id: "v-1",
    ...more,
  };
}
