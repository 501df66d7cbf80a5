import { evaluateStack } from "../plan/evaluate.ts";
import { declaredPipelines, type DeclaredPipeline } from "../pipelines/from-plan.ts";

/** The stack that runs on this machine. */
export const localStack = "local";

/**
 * The pipelines that the program of this folder declares for a stack, nothing being deployed.
 * @throws {ProjectError} without a Pulumi project here; {PipelineError} when it declares no pipeline; whatever the program throws.
 */
export async function programPipelines(stack: string = localStack): Promise<DeclaredPipeline[]> {
  return declaredPipelines(await evaluateStack({ stack }));
}
