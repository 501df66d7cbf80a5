/** What the variables that name pipelines begin with. */
export const variablePrefix = "SLUICE_PIPELINE_";

/**
 * The environment variable in which a backend is told of a pipeline: its outputs as JSON. `EventPipeline.environment` makes
 * it, `producerFor` reads it. Two names that differ in `-` and `_` alone have one variable.
 */
export function environmentVariableOf(pipeline: string): string {
  return variablePrefix + pipeline.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
}
