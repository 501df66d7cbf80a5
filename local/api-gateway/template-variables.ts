import { parseLossless } from "./lossless-json.ts";
import { valueAt } from "./json-path.ts";

/** Parameters of the request that a template can ask for. Names of headers are as the client wrote them. */
export interface RequestParameters {
  readonly path: Record<string, string>;
  readonly querystring: Record<string, string>;
  readonly header: Record<string, string>;
}

/** `$input`: the body, by JSONPath, and the request's parameters. */
export function inputVariable(body: string, parameters: RequestParameters): object {
  const parsed = once(() => parseOr(JSON.parse, body));
  const lossless = once(() => parseOr(parseLossless, body));
  return {
    body,
    path: (path: string) => valueAt(parsed(), path),
    json: (path: string) => JSON.stringify(valueAt(lossless(), path)) ?? "",
    params: (name?: string) =>
      name === undefined
        ? parameters
        : (parameters.path[name] ?? parameters.querystring[name] ?? parameters.header[name] ?? ""),
  };
}

/** `$util`. */
export const utilVariable = {
  base64Encode: (text: unknown) => Buffer.from(String(text)).toString("base64"),
  base64Decode: (text: unknown) => Buffer.from(String(text), "base64").toString(),
  escapeJavaScript: (text: unknown) =>
    JSON.stringify(String(text)).slice(1, -1).replaceAll("'", "\\'").replaceAll("/", "\\/"),
  parseJson: (text: unknown) => JSON.parse(String(text)) as unknown,
  urlEncode: (text: unknown) => encodeURIComponent(String(text)),
  urlDecode: (text: unknown) => decodeURIComponent(String(text)),
};

function parseOr(parse: (text: string) => unknown, body: string): unknown {
  try {
    return parse(body);
  } catch {
    // What is no JSON is one text, and an empty body an empty object.
    return body === "" ? {} : body;
  }
}

function once<Value>(compute: () => Value): () => Value {
  let known: { value: Value } | undefined;
  return () => (known ??= { value: compute() }).value;
}
