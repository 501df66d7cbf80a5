import { nameOf, type DeploymentDocument, type PlannedResource } from "./deployment.ts";

/** The resources of a plan as a tree by parent, one line each: type, name, and what matters at a glance. */
export function renderTree(plan: DeploymentDocument): string {
  const children = Map.groupBy(plan.deployment.resources, (resource) => resource.parent ?? "");
  const lines: string[] = [];
  const walk = (resource: PlannedResource, prefix: string, last: boolean, root: boolean) => {
    const branch = root ? "" : last ? "└─ " : "├─ ";
    lines.push(`${prefix}${branch}${label(resource)}`);
    const below = children.get(resource.urn) ?? [];
    const indent = root ? "" : prefix + (last ? "   " : "│  ");
    below.forEach((child, index) => walk(child, indent, index === below.length - 1, false));
  };
  const roots = (children.get("") ?? []).filter((resource) => !isProvider(resource));
  for (const root of roots) walk(root, "", true, true);
  return lines.join("\n");
}

/** How many resources of each Pulumi type a plan holds, providers and components aside, most first. */
export function countByType(plan: DeploymentDocument): [string, number][] {
  const custom = plan.deployment.resources.filter((resource) => resource.custom && !isProvider(resource));
  return [...Map.groupBy(custom, (resource) => resource.type)]
    .map(([type, resources]): [string, number] => [type, resources.length])
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function isProvider(resource: PlannedResource): boolean {
  return resource.type.startsWith("pulumi:providers:");
}

function label(resource: PlannedResource): string {
  const physical = resource.inputs["bucket"] ?? resource.inputs["name"];
  const shown = resource.custom && typeof physical === "string" ? `  ${physical}` : "";
  return `${resource.type} ${nameOf(resource.urn)}${shown}${resource.protect ? "  [protected]" : ""}`;
}
