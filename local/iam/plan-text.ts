import {
  nameOf,
  unknownValue,
  type DeploymentDocument,
  type PlannedResource,
} from "../../plan/deployment.ts";

/** `aws:iam/role:Role "clickstream-delivery"`, for messages. */
export function describe(resource: PlannedResource): string {
  return `${resource.type} "${nameOf(resource.urn)}"`;
}

/** An input that is a text, or undefined. @throws {Error} when it is not known yet, as in a preview. */
export function textInput(resource: PlannedResource, input: string): string | undefined {
  const value = resource.inputs[input];
  if (value === unknownValue) {
    throw new Error(
      `${describe(resource)}: the plan does not know ${input} yet. Give the emulator a plan without unknowns.`,
    );
  }
  return typeof value === "string" ? value : undefined;
}

/** What the resource is called in AWS: its declared name, or the one that the provider gave it. */
export function physicalName(resource: PlannedResource): string | undefined {
  return textInput(resource, "name") ?? textOutput(resource, "name");
}

/** An output that is a text and known. */
export function textOutput(resource: PlannedResource, output: string): string | undefined {
  const value = resource.outputs[output];
  return typeof value === "string" && value !== unknownValue ? value : undefined;
}

/** The resource's ARN as the provider tells it. */
export function arnOutput(resource: PlannedResource): string | undefined {
  const arn = textOutput(resource, "arn");
  return arn?.startsWith("arn:") ? arn : undefined;
}

/** The first ARN in the plan's inputs that the pattern matches. */
export function mentionedArn(plan: DeploymentDocument, pattern: RegExp): string | undefined {
  for (const { inputs } of plan.deployment.resources) {
    const found = pattern.exec(JSON.stringify(inputs));
    if (found) return found[0];
  }
}
