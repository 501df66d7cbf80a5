import type { Api } from "./api.ts";
import { failures, type GatewayFailure } from "./gateway-failure.ts";
import type { HttpAnswer, HttpRequest } from "./http-message.ts";

/** The answer, as the API's gateway responses shape it: the one for the type, or the default for 4xx or 5xx. */
export function answerFailure(
  { type }: GatewayFailure,
  request: HttpRequest,
  api: Api | undefined,
): HttpAnswer {
  const [status, errorType, message] = failures[type];
  const declared =
    api?.gatewayResponses.find(({ responseType }) => responseType === type) ??
    api?.gatewayResponses.find(({ responseType }) => responseType === `DEFAULT_${status < 500 ? 4 : 5}XX`);
  const template = declared?.templates["application/json"] ?? '{"message":$context.error.messageString}';
  const headers: Record<string, string> = { "x-amzn-ErrorType": errorType };
  for (const [name, value] of Object.entries(declared?.headers ?? {})) {
    const sent = headerValue(value, request);
    if (sent !== undefined) headers[name] = sent;
  }
  return {
    status: declared?.statusCode ?? status,
    headers: { ...headers, "content-type": "application/json" },
    // Gateway responses know variables, but no directives.
    body: template
      .replaceAll("$context.error.messageString", JSON.stringify(message))
      .replaceAll("$context.error.message", message)
      .replaceAll("$context.error.responseType", type)
      .replaceAll("$context.requestId", request.id),
  };
}

function headerValue(value: string, request: HttpRequest): string | undefined {
  const constant = /^'(.*)'$/s.exec(value)?.[1];
  if (constant !== undefined) return constant;
  const wanted = /^method\.request\.header\.(.+)$/.exec(value)?.[1]?.toLowerCase();
  return wanted === undefined ? undefined : request.header(wanted);
}
