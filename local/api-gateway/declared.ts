import type { PlannedResource } from "../../plan/deployment.ts";

/** What the plan declares for one API. */
export interface Declared {
  /** The API's resources of a type, without its `aws:apigateway/`. */
  readonly ofApi: (type: string) => PlannedResource[];
  readonly problem: (of: PlannedResource, rule: string) => void;
}
