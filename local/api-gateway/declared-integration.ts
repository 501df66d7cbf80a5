import { parseArn } from "../../aws/arn.ts";
import type { PlannedResource } from "../../plan/deployment.ts";
import type { Integration, IntegrationResponse, ServiceAction } from "./api.ts";
import type { IntegrationInputs, ResponseInputs } from "./declared-inputs.ts";
import type { Declared } from "./declared.ts";
import { compileTemplate, type MappingTemplate } from "./mapping-template.ts";

/** An integration and its responses; undefined when it has problems. */
export function integrationOf(integration: PlannedResource, declared: Declared): Integration | undefined {
  const inputs = integration.inputs as IntegrationInputs;
  const problem = (rule: string) => declared.problem(integration, rule);
  const { type, passthroughBehavior = "WHEN_NO_MATCH", requestTemplates = {} } = inputs;
  if (type !== "AWS" && type !== "MOCK") {
    problem(`type ${type ?? ""} is not supported by the emulator. Use AWS or MOCK.`);
    return undefined;
  }
  const action = type === "AWS" ? actionOf(inputs, problem) : undefined;
  if (type === "AWS" && !action) return undefined;
  const responses = declared
    .ofApi("integrationResponse:IntegrationResponse")
    .filter((response) => isOf(response, inputs))
    .map((response) => responseOf(response, declared));
  if (!responses.some(({ selectionPattern }) => selectionPattern === undefined)) {
    problem("No match for output mapping and no default output mapping configured.");
  }
  return {
    type,
    ...(action && { action }),
    passthrough: passthroughBehavior as Integration["passthrough"],
    templates: templatesOf(requestTemplates, problem),
    responses,
  };
}

function actionOf(
  { uri = "", credentials, integrationHttpMethod, requestParameters = {} }: IntegrationInputs,
  problem: (rule: string) => void,
): ServiceAction | undefined {
  // Where others have an account, this ARN has the service that is called.
  const { service, region, account, resource = "" } = parseArn(uri) ?? {};
  const [, name] = /^action\/(PutRecords?)$/.exec(resource) ?? [];
  if (service !== "apigateway" || !region || account !== "kinesis" || name === undefined) {
    problem(
      `uri "${uri}" is not supported by the emulator. Use arn:aws:apigateway:REGION:kinesis:action/PutRecord or PutRecords.`,
    );
    return undefined;
  }
  if (credentials === undefined) {
    problem("AWS integrations need credentials: the ARN of a role.");
    return undefined;
  }
  if (integrationHttpMethod !== "POST")
    problem("integrationHttpMethod must be POST: Kinesis takes no other.");
  const contentType = requestParameters["integration.request.header.Content-Type"];
  if (contentType !== "'application/x-amz-json-1.1'") {
    problem(
      `integration.request.header.Content-Type is ${contentType ?? "not set"}: Kinesis reads 'application/x-amz-json-1.1'.`,
    );
  }
  return { service: "kinesis", name: name as ServiceAction["name"], region, roleArn: credentials };
}

function responseOf(response: PlannedResource, declared: Declared): IntegrationResponse {
  const inputs = response.inputs as ResponseInputs;
  const problem = (rule: string) => declared.problem(response, rule);
  const { statusCode = "", selectionPattern, responseParameters = {}, responseTemplates = {} } = inputs;
  const methodResponse = declared
    .ofApi("methodResponse:MethodResponse")
    .find((candidate) => isOf(candidate, inputs) && candidate.inputs["statusCode"] === statusCode);
  if (!methodResponse)
    problem(`Invalid Response status code specified: ${statusCode} has no method response.`);
  const sent = (methodResponse?.inputs as ResponseInputs | undefined)?.responseParameters ?? {};
  const headers: Record<string, string> = {};
  for (const [parameter, value] of Object.entries(responseParameters)) {
    if (!(parameter in sent)) {
      problem(`Invalid mapping expression parameter specified: ${parameter} is not in the method response.`);
    }
    const constant = /^'(.*)'$/s.exec(String(value))?.[1];
    if (constant === undefined) problem(`${parameter}: the emulator maps constants in single quotes only.`);
    else headers[parameter.replace("method.response.header.", "")] = constant;
  }
  return {
    statusCode: Number(statusCode),
    ...(selectionPattern !== undefined &&
      selectionPattern !== "" && { selectionPattern: new RegExp(`^(?:${selectionPattern})$`, "s") }),
    headers,
    templates: templatesOf(responseTemplates, problem),
  };
}

/** Whether something belongs to the same method. */
function isOf({ inputs }: PlannedResource, method: { resourceId?: string; httpMethod?: string }): boolean {
  return inputs["resourceId"] === method.resourceId && inputs["httpMethod"] === method.httpMethod;
}

function templatesOf(
  templates: Record<string, string>,
  problem: (rule: string) => void,
): Map<string, MappingTemplate> {
  const compiled = new Map<string, MappingTemplate>();
  for (const [contentType, text] of Object.entries(templates)) {
    try {
      compiled.set(contentType, compileTemplate(text));
    } catch (error) {
      problem(`the template for ${contentType}: ${(error as Error).message}`);
    }
  }
  return compiled;
}
