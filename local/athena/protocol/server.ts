import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { credentialScope } from "../../http/credential-scope.ts";
import { startLoopbackServer, type PortChoice } from "../../http/loopback-server.ts";
import { ApiError } from "./api-error.ts";
import type { Input } from "./input.ts";

/** Who calls, and for which region. */
export interface Caller {
  readonly accessKeyId: string;
  readonly region: string;
}

/** Answers one operation. @throws {ApiError} */
export type Handler = (operation: string, input: Input, caller: Caller) => Promise<object>;

const targetPrefix = "AmazonAthena.";
/** A statement has 256 KiB at most; the rest of a request is small. */
const longestRequestBytes = 4 * 1024 * 1024;

/** Athena's API on loopback: AWS JSON 1.1, the operation in X-Amz-Target. Signatures are read for the caller, not checked. */
export async function listen(
  handle: Handler,
  port: PortChoice,
): Promise<{ endpoint: string; unref(): void; close(): Promise<void> }> {
  const server = await startLoopbackServer(port, (request, response) => {
    void answer(handle, request, response);
  });
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    unref: () => server.unref(),
    close: () => server.close(),
  };
}

async function answer(handle: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let status = 200;
  let body: object;
  try {
    const target = request.headers["x-amz-target"];
    if (typeof target !== "string" || !target.startsWith(targetPrefix)) {
      throw new ApiError("UnknownOperationException", "The request has no X-Amz-Target of Amazon Athena.");
    }
    const input = JSON.parse((await bodyOf(request)) || "{}") as Input;
    body = await handle(target.slice(targetPrefix.length), input, credentialScope(request));
  } catch (error) {
    const known = errorOf(error);
    status = known.type === "InternalServerException" ? 500 : 400;
    body = known.toJSON();
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/x-amz-json-1.1",
    "content-length": Buffer.byteLength(text),
    "x-amzn-requestid": randomUUID(),
  });
  response.end(text);
}

function errorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof SyntaxError)
    return new ApiError("InvalidRequestException", "The request's body is no JSON.", "INVALID_INPUT");
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError("InternalServerException", message);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestRequestBytes)
      throw new ApiError("InvalidRequestException", "The request is too long.", "INVALID_INPUT");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
