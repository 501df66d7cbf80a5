import { declaredPipelines } from "../../pipelines/from-plan.ts";
import { evaluateStack, ownFolder } from "../../plan/evaluate.ts";
import type { Dataset } from "../../schema/dataset.ts";

/** The datasets that this project's program declares, one for each pipeline. */
export async function ownDatasets(): Promise<Dataset[]> {
  const plan = await evaluateStack({ stack: "local", folder: ownFolder });
  return declaredPipelines(plan).map(({ declared }) => declared.dataset);
}
