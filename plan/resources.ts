import { nameOf, type DeploymentDocument, type PlannedResource } from "./deployment.ts";

/** All resources of a Pulumi type, in the order of their registration. */
export function resourcesOfType(plan: DeploymentDocument, type: string): PlannedResource[] {
  return plan.deployment.resources.filter((resource) => resource.type === type);
}

/**
 * An input that must be there.
 * @throws {Error} naming resource and input, when it is missing or of another type.
 */
export function requiredString(resource: PlannedResource, input: string): string {
  const value = resource.inputs[input];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`${resource.type} "${nameOf(resource.urn)}" declares no ${input}.`);
}
