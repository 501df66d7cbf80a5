import type { Settings } from "../settings.ts";

type Parameters = Record<string, string>;

/** What lets pages of the configured origins post events (Fetch standard, "HTTP CORS protocol"). */
export interface Cors {
  /** Headers of the preflight's answer besides those of every answer. */
  readonly preflightHeaders: Parameters;
  /** Headers of every answer of the method, by name; the values are constants in API Gateway's quotes. */
  readonly headers: Parameters;
  /** Comes before every response template: picks the caller's origin, where there are several. */
  readonly template: string;
  /** Headers of answers that API Gateway gives itself. */
  readonly gatewayHeaders: Parameters;
}

const allowOrigin = "Access-Control-Allow-Origin";

/** @returns undefined when no origin is configured: then browsers keep other sites' pages out. */
export function corsOf(settings: Pick<Settings, "httpAuth" | "httpCorsOrigins">): Cors | undefined {
  const { httpAuth, httpCorsOrigins: origins } = settings;
  if (origins === undefined) return undefined;
  const signed = httpAuth === "IAM" ? ",authorization,x-amz-date,x-amz-security-token" : ",x-api-key";
  const preflightHeaders = {
    "Access-Control-Allow-Headers": `'content-type${signed}'`,
    "Access-Control-Allow-Methods": "'OPTIONS,POST'",
    "Access-Control-Max-Age": "'600'",
  };
  const [only, ...others] = origins;
  if (others.length === 0) {
    const headers = { [allowOrigin]: `'${only}'` };
    return { preflightHeaders, headers, template: "", gatewayHeaders: headers };
  }
  return {
    preflightHeaders,
    headers: { Vary: "'Origin'" },
    template: `#set($origin = $input.params("origin"))
#if($origin == "")
#set($origin = $input.params("Origin"))
#end
#set($allowed = ${JSON.stringify(origins)})
#if($allowed.contains($origin))
#set($context.responseOverride.header.${allowOrigin} = $origin)
#end
`,
    // Such an answer can't choose, so it reads for any origin: it says that a request failed, and nothing else.
    gatewayHeaders: { [allowOrigin]: "method.request.header.Origin", Vary: "'Origin'" },
  };
}

/** Headers as the parameters of a response: `method.response.header.Vary`. */
export function withPrefix<Value>(
  prefix: "gatewayresponse.header" | "method.response.header",
  headers: Record<string, Value>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`${prefix}.${name}`, value]));
}
