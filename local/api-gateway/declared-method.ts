import type { PlannedResource } from "../../plan/deployment.ts";
import type { ApiMethod } from "./api.ts";
import type { Declared } from "./declared.ts";
import { integrationOf } from "./declared-integration.ts";
import type { MethodInputs } from "./declared-inputs.ts";
import { compileModel, type CheckBody } from "./request-model.ts";

/** A method with all that belongs to it; undefined when it has problems. */
export function methodOf(method: PlannedResource, path: string, declared: Declared): ApiMethod | undefined {
  const inputs = method.inputs as MethodInputs;
  const { resourceId, httpMethod = "", authorization = "NONE", apiKeyRequired = false } = inputs;
  if (authorization !== "NONE" && authorization !== "AWS_IAM") {
    declared.problem(method, `authorization ${authorization} is not supported by the emulator.`);
  }
  const integration = declared
    .ofApi("integration:Integration")
    .find(
      (candidate) =>
        candidate.inputs["resourceId"] === resourceId && candidate.inputs["httpMethod"] === httpMethod,
    );
  if (!integration) {
    declared.problem(method, "No integration defined for method.");
    return undefined;
  }
  const found = integrationOf(integration, declared);
  return (
    found && {
      path,
      httpMethod,
      authorization: authorization === "AWS_IAM" ? "AWS_IAM" : "NONE",
      apiKeyRequired,
      checks: checksOf(method, inputs, declared),
      integration: found,
    }
  );
}

function checksOf(
  method: PlannedResource,
  { requestModels = {}, requestValidatorId }: MethodInputs,
  { ofApi, problem }: Declared,
): Map<string, CheckBody> {
  const checks = new Map<string, CheckBody>();
  const validator = ofApi("requestValidator:RequestValidator").find(({ id }) => id === requestValidatorId);
  if (requestValidatorId !== undefined && !validator) {
    problem(method, "Invalid Request Validator identifier specified.");
  }
  for (const [contentType, modelName] of Object.entries(requestModels)) {
    const model = ofApi("model:Model").find(({ inputs }) => inputs["name"] === modelName);
    if (!model) {
      problem(method, `Invalid model specified: ${modelName}.`);
      continue;
    }
    if (!/^[a-zA-Z0-9]+$/.test(modelName)) problem(model, "Model name must be alphanumeric.");
    try {
      const check = compileModel(String(model.inputs["schema"]));
      if (validator?.inputs["validateRequestBody"] === true) checks.set(contentType, check);
    } catch (error) {
      problem(model, (error as Error).message);
    }
  }
  return checks;
}
