import { nameOf, type PlannedResource } from "../plan/deployment.ts";

/** What AWS would refuse when the plan is deployed, or what the emulator can't run yet: every problem, with its resource. */
export class DeploymentError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "DeploymentError";
    this.problems = problems;
  }
}

/** A problem of one resource: its kind and its name, then the rule. */
export function problemOf(resource: PlannedResource, rule: string): string {
  const kind = resource.type.slice(resource.type.lastIndexOf(":") + 1);
  return `${kind} "${nameOf(resource.urn)}": ${rule}`;
}
