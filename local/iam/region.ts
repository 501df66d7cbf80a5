import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { describe, mentionedArn, textInput } from "./plan-text.ts";
import { partsOfArn } from "../../aws/arn.ts";

/**
 * The region in which a resource is deployed: its own `region` input, or that of the plan's provider, or that of the
 * ARNs which the plan mentions.
 * @throws {Error} when nothing in the plan tells the region.
 */
export function regionOf(plan: DeploymentDocument, resource: PlannedResource): string {
  const provider = plan.deployment.resources.find(({ urn }) => resource.provider?.startsWith(`${urn}::`));
  const region = textInput(resource, "region") ?? (provider && textInput(provider, "region"));
  if (region !== undefined) return region;
  const arn = mentionedArn(plan, /arn:[\w-]+:(?!iam|s3:)[a-z0-9-]+:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[^"\\]+/);
  if (arn !== undefined) return partsOfArn(arn).region;
  throw new Error(`${describe(resource)}: nothing in the plan says in which region it is.`);
}
