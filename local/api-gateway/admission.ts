import type { Api, ApiKey, ApiMethod } from "./api.ts";
import { GatewayFailure } from "./gateway-failure.ts";
import type { HttpRequest } from "./http-message.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Decides whether a request may call a method; remembers how many came. */
export class Admission {
  readonly #api: Api;
  readonly #ofStage: TokenBucket | undefined;
  readonly #ofKeys = new Map<string, TokenBucket>();

  constructor(api: Api) {
    this.#api = api;
    this.#ofStage = api.rateLimit && new TokenBucket(api.rateLimit);
    for (const { id, rateLimit } of api.keys) {
      if (rateLimit) this.#ofKeys.set(id, new TokenBucket(rateLimit));
    }
  }

  /**
   * @returns the key that the client sent, where the method needs one.
   * @throws {GatewayFailure} when the request is not signed, has no valid key, or comes too soon.
   */
  admit(request: HttpRequest, method: ApiMethod): ApiKey | undefined {
    if (method.authorization === "AWS_IAM") requireSignature(request);
    const key = method.apiKeyRequired ? this.#keyOf(request) : undefined;
    const buckets = [key && this.#ofKeys.get(key.id), this.#ofStage];
    if (!buckets.every((bucket) => bucket?.take() ?? true)) throw new GatewayFailure("THROTTLED");
    return key;
  }

  #keyOf(request: HttpRequest): ApiKey {
    const sent = request.header("x-api-key");
    const key = this.#api.keys.find(({ value }) => value === sent);
    if (key) return key;
    const problem = sent === undefined ? "no x-api-key" : "an x-api-key that no usage plan of it has";
    throw new GatewayFailure("INVALID_API_KEY", `${problem} was sent to ${this.#api.name}`);
  }
}

/** The emulator looks for a signature for API Gateway; whose it is, and whether it is right, only AWS can tell. */
function requireSignature(request: HttpRequest): void {
  const authorization = request.header("authorization") ?? "";
  if (/^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[^/]+\/execute-api\/aws4_request,/.test(authorization))
    return;
  throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", "the request is not signed for execute-api");
}
