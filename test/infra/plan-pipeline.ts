import assert from "node:assert/strict";
import { defineDataset, type Dataset } from "../../schema/dataset.ts";
import { EventPipeline, type EventPipelineArgs } from "../../infra/event-pipeline.ts";
import { nameOf, type DeploymentDocument, type PlannedResource } from "../../plan/deployment.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { root } from "../helpers/sources.ts";

export const account = "111122223333";
export const region = "eu-central-1";

/** The program around the pipelines of these tests. */
export const program = {
  folder: root,
  project: "shop",
  stack: "dev",
  config: { "aws:region": region, "shop:accountId": account },
};

export const orders: Dataset = defineDataset({
  name: "orders",
  description: "An order.",
  columns: {
    OrderId: { type: "string", description: "Identifies the order.", required: true },
    placed: { type: "timestamp", description: "When it was placed." },
    total: { type: "decimal(10,2)", description: "What it is worth." },
  },
  eventTime: "placed",
  eventId: "OrderId",
  timeZone: "Europe/Berlin",
  partitioning: "hour",
  since: "2026-11-01",
});

export const queries = [
  { name: "per_day", description: "Orders per day.", sql: "SELECT 1 WHERE dt >= ?" },
  { name: "top", description: "The largest orders.", sql: "SELECT 2" },
];

/** What a plan says of one pipeline. */
export class PipelinePlan {
  readonly resources: readonly PlannedResource[];

  constructor(plan: DeploymentDocument) {
    this.resources = plan.deployment.resources;
  }

  /** Resources and components of the pipeline, without the stack and the provider. */
  get children(): PlannedResource[] {
    return this.resources.filter(({ type }) => !type.startsWith("pulumi:"));
  }

  ofType(type: string): PlannedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The only resource of a type, or the one of a name. */
  find(type: string, name?: string): PlannedResource {
    const found = this.ofType(type).filter(({ urn }) => name === undefined || nameOf(urn) === name);
    assert.equal(found.length, 1, `${found.length} of ${type} ${name ?? ""}`);
    return found[0] as PlannedResource;
  }
}

/** Plans one pipeline called `web`, of orders, with all defaults but the given arguments. */
export async function planPipeline(
  args: Partial<EventPipelineArgs> = {},
  around: Partial<typeof program> = {},
): Promise<PipelinePlan> {
  const all = { dataset: orders, owner: "web-team", costCenter: "4711", queries, ...args };
  const declare = () => void new EventPipeline("web", all);
  return new PipelinePlan(await recordResources({ ...program, ...around }, declare));
}

const shared = new Map<string, Promise<PipelinePlan>>();

/** A pipeline's plan that many tests read; it is evaluated once. */
function sharedPlan(name: string, args: Partial<EventPipelineArgs>): () => Promise<PipelinePlan> {
  return () => {
    const plan = shared.get(name) ?? planPipeline(args);
    shared.set(name, plan);
    return plan;
  };
}

export const defaultPlan = sharedPlan("defaults", {});
export const backupPlan = sharedPlan("backup", {
  rawBackup: true,
  streamMode: "PROVISIONED",
  shardCount: 2,
  bufferingIntervalSeconds: 0,
  alarmEmail: "web@example.com",
});
export const barePlan = sharedPlan("bare", {
  alarms: false,
  accessLogging: false,
  versioning: false,
  queries: [],
});
