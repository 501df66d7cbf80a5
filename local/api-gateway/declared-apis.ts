import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { DeploymentError, problemOf } from "../deployment-error.ts";
import type { Api, GatewayResponse } from "./api.ts";
import { keysOf } from "./declared-keys.ts";
import type {
  GatewayResponseInputs,
  MethodInputs,
  MethodSettingsInputs,
  ResourceInputs,
  StageInputs,
} from "./declared-inputs.ts";
import { methodOf } from "./declared-method.ts";
import type { Declared } from "./declared.ts";

/**
 * The REST APIs of a plan that a stage makes live.
 * @throws {DeploymentError} listing what AWS would refuse, and what the emulator can't run.
 */
export function declaredApis(plan: DeploymentDocument): Api[] {
  const problems: string[] = [];
  const apis = resourcesOfType(plan, "aws:apigateway/stage:Stage").flatMap((stage) => {
    const inputs = stage.inputs as StageInputs;
    const api = resourcesOfType(plan, "aws:apigateway/restApi:RestApi").find(
      ({ id }) => id === inputs.restApi,
    );
    if (api) return [apiOf(plan, api, inputs, problems)];
    problems.push(problemOf(stage, `restApi "${inputs.restApi ?? ""}" is no API that the plan declares.`));
    return [];
  });
  if (problems.length > 0) throw new DeploymentError(problems);
  return apis;
}

function apiOf(
  plan: DeploymentDocument,
  api: PlannedResource,
  { stageName = "", deployment, variables = {} }: StageInputs,
  problems: string[],
): Api {
  const restApi = api.id ?? "";
  const ofApi = (type: string) =>
    resourcesOfType(plan, `aws:apigateway/${type}`).filter(({ inputs }) => inputs["restApi"] === restApi);
  const isDeployed = ofApi("deployment:Deployment").some(({ id }) => id === deployment);
  if (!isDeployed) problems.push(problemOf(api, `stage "${stageName}" names no deployment of it.`));

  const paths = pathsOf(api, ofApi("resource:Resource"));
  const declared: Declared = { ofApi, problem: (of, rule) => problems.push(problemOf(of, rule)) };
  const methods = ofApi("method:Method").flatMap((method) => {
    const path = paths.get((method.inputs as MethodInputs).resourceId ?? "");
    if (path === undefined) problems.push(problemOf(method, "resourceId is no resource of its API."));
    const found = path === undefined ? undefined : methodOf(method, path, declared);
    return found ? [found] : [];
  });
  if (methods.length === 0) problems.push(problemOf(api, "The REST API doesn't contain any methods."));
  const limit = ofApi("methodSettings:MethodSettings")
    .map(({ inputs }) => inputs as MethodSettingsInputs)
    .find((settings) => settings.stageName === stageName && settings.methodPath === "*/*")?.settings;
  return {
    id: restApi,
    name: typeof api.inputs["name"] === "string" ? api.inputs["name"] : restApi,
    stageName,
    stageVariables: variables,
    methods,
    gatewayResponses: gatewayResponsesOf(plan, restApi),
    keys: keysOf(plan, restApi, stageName),
    ...(limit?.throttlingRateLimit !== undefined &&
      limit.throttlingBurstLimit !== undefined && {
        rateLimit: { ratePerSecond: limit.throttlingRateLimit, burst: limit.throttlingBurstLimit },
      }),
  };
}

/** The path of each resource, by its id. */
function pathsOf(api: PlannedResource, resources: PlannedResource[]): Map<string, string> {
  const paths = new Map([[String(api.outputs["rootResourceId"]), ""]]);
  let left = resources;
  for (let known = 0; known < paths.size;) {
    known = paths.size;
    left = left.filter(({ id, inputs }) => {
      const { parentId = "", pathPart = "" } = inputs as ResourceInputs;
      const parent = paths.get(parentId);
      if (parent !== undefined) paths.set(id ?? "", `${parent}/${pathPart}`);
      return parent === undefined;
    });
  }
  return paths;
}

function gatewayResponsesOf(plan: DeploymentDocument, restApi: string): GatewayResponse[] {
  return resourcesOfType(plan, "aws:apigateway/response:Response")
    .map(({ inputs }) => inputs as GatewayResponseInputs)
    .filter(({ restApiId }) => restApiId === restApi)
    .map(({ responseType = "", statusCode, responseParameters = {}, responseTemplates = {} }) => ({
      responseType,
      ...(statusCode !== undefined && { statusCode: Number(statusCode) }),
      headers: Object.fromEntries(
        Object.entries(responseParameters).map(([name, value]) => [
          name.replace("gatewayresponse.header.", ""),
          value,
        ]),
      ),
      templates: responseTemplates,
    }));
}
