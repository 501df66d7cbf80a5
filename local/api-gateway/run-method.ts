import type { Api, ApiKey, ApiMethod, Integration, IntegrationResponse } from "./api.ts";
import type { CallService, ServiceAnswer } from "./call-service.ts";
import { GatewayFailure } from "./gateway-failure.ts";
import type { HttpAnswer, HttpRequest } from "./http-message.ts";
import type { MappingTemplate } from "./mapping-template.ts";
import { inputVariable, utilVariable } from "./template-variables.ts";

/** What a template may change of the answer. */
interface Override {
  status?: unknown;
  header: Record<string, unknown>;
}

interface Run {
  readonly api: Api;
  readonly method: ApiMethod;
  readonly request: HttpRequest;
  readonly key: ApiKey | undefined;
}

/**
 * Runs a method: checks the body, maps it, calls the integration, maps its answer.
 * @throws {GatewayFailure} what API Gateway answers itself.
 */
export async function runMethod(run: Run, callService: CallService): Promise<HttpAnswer> {
  const { method, request } = run;
  const { integration } = method;
  const contentType = mediaType(request.header("content-type"));
  const wrong = method.checks.get(contentType)?.(request.body);
  if (wrong !== undefined) throw new GatewayFailure("BAD_REQUEST_BODY", wrong);
  const body = mapRequest(run, contentType);
  const answer = integration.action ? await callService(integration.action, body) : mocked(body);
  return mapAnswer(run, chosenResponse(integration, answer), answer);
}

function mapRequest(run: Run, contentType: string): string {
  const { templates, passthrough } = run.method.integration;
  const template = templates.get(contentType);
  if (template) return render(template, run.request.body, run, { header: {} });
  const isPassed =
    passthrough === "WHEN_NO_MATCH" || (passthrough === "WHEN_NO_TEMPLATES" && templates.size === 0);
  if (!isPassed) throw new GatewayFailure("UNSUPPORTED_MEDIA_TYPE", `no template for ${contentType}`);
  return run.request.body;
}

/** A mock answers with the status that its template names. */
function mocked(body: string): ServiceAnswer {
  try {
    const { statusCode } = JSON.parse(body) as { statusCode?: unknown };
    if (typeof statusCode === "number") return { status: statusCode, body: "" };
  } catch {
    // falls through to the same answer as a body without a status
  }
  throw new GatewayFailure("API_CONFIGURATION_ERROR", 'a mock\'s template must give {"statusCode": NUMBER}');
}

function chosenResponse({ responses }: Integration, { status }: ServiceAnswer): IntegrationResponse {
  const chosen =
    responses.find(({ selectionPattern }) => selectionPattern?.test(String(status))) ??
    responses.find(({ selectionPattern }) => selectionPattern === undefined);
  if (chosen) return chosen;
  throw new GatewayFailure("API_CONFIGURATION_ERROR", `no integration response is for status ${status}`);
}

function mapAnswer(run: Run, response: IntegrationResponse, answer: ServiceAnswer): HttpAnswer {
  const override: Override = { header: {} };
  const [first] = response.templates;
  const [contentType, template] = first ?? ["application/json", undefined];
  const body = template ? render(template, answer.body, run, override) : answer.body;
  const overridden = Object.entries(override.header).map(([name, value]) => [name, String(value)] as const);
  return {
    status: override.status === undefined ? response.statusCode : Number(override.status),
    headers: { "content-type": contentType, ...response.headers, ...Object.fromEntries(overridden) },
    body,
  };
}

function render(template: MappingTemplate, body: string, run: Run, responseOverride: Override): string {
  const { api, method, request, key } = run;
  const now = new Date();
  const parameters = { path: {}, querystring: request.query, header: request.headers };
  try {
    return template({
      input: inputVariable(body, parameters),
      util: utilVariable,
      stageVariables: api.stageVariables,
      context: {
        apiId: api.id,
        httpMethod: request.method,
        identity: {
          sourceIp: request.sourceIp,
          userAgent: request.header("user-agent") ?? "",
          ...(key && { apiKey: key.value, apiKeyId: key.id }),
        },
        path: `/${api.stageName}${request.path}`,
        requestId: request.id,
        requestOverride: { header: {}, path: {}, querystring: {} },
        requestTime: now.toUTCString(),
        requestTimeEpoch: now.getTime(),
        resourcePath: method.path,
        responseOverride,
        stage: api.stageName,
      },
    });
  } catch (error) {
    throw new GatewayFailure(
      "API_CONFIGURATION_ERROR",
      `a mapping template failed: ${(error as Error).message}`,
    );
  }
}

/** Without parameters, in lower case; API Gateway takes JSON where a request does not say. */
function mediaType(contentType: string | undefined): string {
  return contentType?.split(";")[0]?.trim().toLowerCase() || "application/json";
}
