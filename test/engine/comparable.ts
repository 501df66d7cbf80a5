import type { PlannedResource } from "../../plan/deployment.ts";

/** A resource of the engine's own: of its state, or of a step of its preview. */
export type EngineResource = Omit<PlannedResource, "inputs" | "outputs"> &
  Partial<Pick<PlannedResource, "inputs" | "outputs">>;

/** What the AWS provider and the engine add to what a program gives. */
const added = ["tagsAll", "__defaults", "__internal"];

/**
 * Resources by URN, in a form in which a plan and the engine can be compared: lists of URNs sorted, what is absent
 * written out, what the provider adds left out. Of a provider's reference the URN counts: its id is drawn by lot.
 */
export function comparable(resources: readonly EngineResource[]): Record<string, unknown> {
  return Object.fromEntries(
    resources
      .map((resource) => [resource.urn, comparableResource(resource)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The same without what a preview's steps leave out: ids, outputs. */
export function comparableInPreview(resources: readonly EngineResource[]): Record<string, unknown> {
  return comparable(resources.map(({ id: _id, outputs: _outputs, ...resource }) => resource));
}

function comparableResource(resource: EngineResource) {
  const isProvider = resource.type.startsWith("pulumi:providers:");
  return {
    type: resource.type,
    custom: resource.custom,
    id: isProvider ? undefined : resource.id,
    parent: resource.parent,
    protect: resource.protect ?? false,
    provider: resource.provider?.slice(0, resource.provider.lastIndexOf("::")),
    inputs: without(added, resource.inputs ?? {}),
    outputs: without(added, resource.outputs ?? {}),
    dependencies: [...(resource.dependencies ?? [])].sort(),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies ?? {})
        .map(([property, urns]) => [property, [...urns].sort()] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

function without(names: readonly string[], properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}
