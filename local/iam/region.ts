import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { arnOutput, describe, mentionedArn, textInput } from "./plan-text.ts";
import { partsOfArn } from "../../aws/arn.ts";

/**
 * The region in which a resource is deployed, as far as it says so itself: by its `region` input, its ARN or its provider.
 */
export function ownRegion(plan: DeploymentDocument, resource: PlannedResource): string | undefined {
  const arn = arnOutput(resource);
  const provider = plan.deployment.resources.find(({ urn }) => resource.provider?.startsWith(`${urn}::`));
  return (
    textInput(resource, "region") ??
    (arn === undefined ? undefined : partsOfArn(arn).region || undefined) ??
    (provider && textInput(provider, "region"))
  );
}

/** The region in which a resource is deployed: its own, else that of the ARNs which the plan mentions. */
export function toldRegion(plan: DeploymentDocument, resource: PlannedResource): string | undefined {
  const region = ownRegion(plan, resource);
  if (region !== undefined) return region;
  const arn = mentionedArn(plan, /arn:[\w-]+:(?!iam|s3:)[a-z0-9-]+:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[^"\\]+/);
  return arn === undefined ? undefined : partsOfArn(arn).region;
}

/** As `toldRegion`. @throws {Error} when nothing in the plan tells the region. */
export function regionOf(plan: DeploymentDocument, resource: PlannedResource): string {
  const region = toldRegion(plan, resource);
  if (region !== undefined) return region;
  throw new Error(`${describe(resource)}: nothing in the plan says in which region it is.`);
}

/** Types whose names AWS keeps apart by region, and which are found by their names. */
const regionalTypes = /^aws:(athena|glue|kinesis)\//;

/** A plan as one region sees it: without the streams, tables and workgroups of other regions. */
export function planOfRegion(plan: DeploymentDocument, region: string): DeploymentDocument {
  const resources = plan.deployment.resources.filter(
    (resource) => !regionalTypes.test(resource.type) || (ownRegion(plan, resource) ?? region) === region,
  );
  return { ...plan, deployment: { ...plan.deployment, resources } };
}
