import type { Settings } from "./settings.ts";

/** The tags that every taggable resource of a pipeline carries; a bill can be cut by each of them. */
export function tagsOf(
  settings: Pick<Settings, "owner" | "costCenter" | "environment" | "dataClassification" | "tags">,
  origin: { project: string; stack: string; pipeline: string },
): Record<string, string> {
  return {
    ...settings.tags,
    project: origin.project,
    environment: settings.environment ?? origin.stack,
    owner: settings.owner,
    "cost-center": settings.costCenter,
    "data-classification": settings.dataClassification,
    pipeline: origin.pipeline,
  };
}
