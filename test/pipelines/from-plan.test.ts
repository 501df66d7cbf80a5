import assert from "node:assert/strict";
import { clickstream } from "../../datasets/clickstream.ts";
import { declaredPipelines, pipelinesOf } from "../../pipelines/from-plan.ts";
import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { pipelinePlan } from "../local/pipeline-plan.ts";

/** A plan with a change to the resources of a type. */
function changed(
  plan: DeploymentDocument,
  type: string,
  change: (resource: PlannedResource) => PlannedResource[],
): DeploymentDocument {
  const resources = plan.deployment.resources.flatMap((resource) =>
    resource.type === type ? change(structuredClone(resource)) : [resource],
  );
  return { ...plan, deployment: { ...plan.deployment, resources } };
}

describe("the pipelines of a plan", () => {
  let plan: DeploymentDocument;
  before(async () => {
    plan = await pipelinePlan({
      queries: [
        {
          name: "clicks",
          description: "Clicks.",
          sql: "-- name: clicks\n-- description: Clicks.\nSELECT 1\n",
        },
      ],
    });
  });
  const pipelineType = "sluice:pipeline:EventPipeline";
  const tableType = "aws:glue/catalogTable:CatalogTable";

  it("have the names of their parts, their dataset and their queries", () => {
    const [pipeline, ...others] = declaredPipelines(plan);
    assert.deepEqual(others, []);
    assert.equal(pipeline?.name, "clickstream");
    assert.equal(pipeline.region, "eu-central-1");
    assert.deepEqual(pipeline.declared.dataset, clickstream);
    assert.deepEqual(
      pipeline.declared.queries.map(({ name }) => name),
      ["clicks"],
    );
  });

  it("are refused where two have one name, below whatever component", () => {
    const twice = changed(plan, pipelineType, (pipeline) => [
      pipeline,
      { ...pipeline, urn: pipeline.urn.replace("::sluice:", "::demo:Shop$sluice:") },
    ]);
    assert.throws(() => pipelinesOf(twice), {
      name: "PipelineError",
      message: 'two pipelines are called "clickstream". Give each a name of its own.',
    });
  });

  it("are refused where one has no outputs: its deployment was cut off", () => {
    const cut = changed(plan, pipelineType, (pipeline) => [{ ...pipeline, outputs: {} }]);
    assert.throws(() => pipelinesOf(cut), {
      message: /^the pipeline "clickstream" has no dataset, region, /,
    });
  });

  it("are refused where there is none, or its table is missing", () => {
    assert.deepEqual(pipelinesOf(changed(plan, pipelineType, () => [])), []);
    assert.throws(() => declaredPipelines(changed(plan, pipelineType, () => [])), {
      name: "PipelineError",
      message: /^the program declares no pipeline\. Declare one: /,
    });
    assert.throws(() => declaredPipelines(changed(plan, tableType, () => [])), {
      message: 'the pipeline "clickstream" has no table sluice_local_clickstream.clickstream.',
    });
  });

  it("are refused where the table does not say what it holds, naming the parameter", () => {
    const edited = changed(plan, tableType, (table) => {
      (table.inputs["parameters"] as Record<string, string>)["sluice.version"] = "9";
      return [table];
    });
    assert.throws(() => declaredPipelines(edited), {
      name: "TableParametersError",
      message: /^table "clickstream": its parameter sluice\.version is "9", this sluice reads "1"\./,
    });
  });
});
