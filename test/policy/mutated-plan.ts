import { nameOf, type DeploymentDocument, type PlannedResource } from "../../plan/deployment.ts";
import { edited, type Edits } from "./edits.ts";
import type { Mutation } from "./mutations.ts";

/** The part of a plan that belongs to one pipeline, with the stack and its providers: whole, and quick to evaluate. */
export function pipelineOf(plan: DeploymentDocument, pipeline: string): DeploymentDocument {
  return withResources(plan, (resources) =>
    resources.filter(({ urn, type }) => type.startsWith("pulumi:") || nameOf(urn).startsWith(pipeline)),
  );
}

/** The plan with one bad change. Outputs follow the inputs, as in a preview. */
export function mutated(plan: DeploymentDocument, { of, change }: Mutation): DeploymentDocument {
  const isTarget = ({ urn, type }: PlannedResource) => `${type.split(":").at(-1)} ${nameOf(urn)}` === of;
  return withResources(plan, (resources) => {
    if (isAddition(change)) return [...resources, addition(resources[0]!.urn, of, change)];
    const target = resources.find(isTarget);
    if (!target) throw new Error(`The plan has no ${of}.`);
    if (change === "drop") return resources.filter((resource) => resource !== target);
    const changed =
      change === "unprotect"
        ? { ...target, protect: false }
        : { ...target, inputs: edited(target.inputs, change), outputs: edited(target.outputs, change) };
    return resources.map((resource) => (resource === target ? changed : resource));
  });
}

type Addition = Extract<Mutation["change"], { add: object }>;

function isAddition(change: Mutation["change"]): change is Addition {
  return typeof change === "object" && "add" in change && typeof change["add"] === "object";
}

function addition(someUrn: string, of: string, { add, type }: Addition | Edits): PlannedResource {
  const [stack, project] = someUrn.split("::");
  const inputs = add as Record<string, unknown>;
  const name = of.split(" ")[1]!;
  const urn = `${stack}::${project}::${String(type)}::${name}`;
  return { urn, type: String(type), custom: true, inputs, outputs: inputs };
}

function withResources(
  plan: DeploymentDocument,
  change: (resources: PlannedResource[]) => PlannedResource[],
): DeploymentDocument {
  const resources = change(plan.deployment.resources);
  return { ...plan, deployment: { ...plan.deployment, resources } };
}
