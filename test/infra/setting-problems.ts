import { parseSettings, SettingsError } from "../../infra/settings.ts";
import type { PipelinePlan } from "./plan-pipeline.ts";

/** What is wrong with some settings of an otherwise complete pipeline, as text; empty when nothing is. */
export function settingProblems(given: object): string {
  try {
    parseSettings("test", { owner: "web-team", costCenter: "4711", ...given });
    return "";
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

interface Statement {
  Sid: string;
  Effect: string;
  Action: string[];
  Resource: string | string[];
  Condition?: object;
}

/** The statements of a role policy. */
export function statementsOf(plan: PipelinePlan, name: string): Statement[] {
  const { policy } = plan.find("aws:iam/rolePolicy:RolePolicy", name).inputs;
  return (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
}
