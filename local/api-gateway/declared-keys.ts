import type { DeploymentDocument } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import type { ApiKey } from "./api.ts";
import type { UsagePlanInputs } from "./declared-inputs.ts";

/** The keys whose usage plan has the stage. AWS makes up a key's value; the emulator's is the same in every run. */
export function keysOf(plan: DeploymentDocument, restApi: string, stageName: string): ApiKey[] {
  const keys = resourcesOfType(plan, "aws:apigateway/apiKey:ApiKey");
  const links = resourcesOfType(plan, "aws:apigateway/usagePlanKey:UsagePlanKey").map(({ inputs }) => inputs);
  return resourcesOfType(plan, "aws:apigateway/usagePlan:UsagePlan").flatMap((usagePlan) => {
    const { apiStages = [], throttleSettings } = usagePlan.inputs as UsagePlanInputs;
    if (!apiStages.some(({ apiId, stage }) => apiId === restApi && stage === stageName)) return [];
    const keyIds = links
      .filter((link) => link["usagePlanId"] === usagePlan.id && link["keyType"] === "API_KEY")
      .map((link) => link["keyId"]);
    return keys
      .filter(({ id, inputs }) => keyIds.includes(id) && inputs["enabled"] !== false)
      .map(({ id = "", inputs }) => ({
        id,
        name: typeof inputs["name"] === "string" ? inputs["name"] : id,
        value: typeof inputs["value"] === "string" ? inputs["value"] : `local-api-key-${id}`,
        ...(throttleSettings?.rateLimit !== undefined &&
          throttleSettings.burstLimit !== undefined && {
            rateLimit: { ratePerSecond: throttleSettings.rateLimit, burst: throttleSettings.burstLimit },
          }),
      }));
  });
}
