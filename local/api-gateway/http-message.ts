import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { GatewayFailure } from "./gateway-failure.ts";

/** A payload of a REST API (API Gateway guide, "Quotas"). */
const mostBodyBytes = 10 * 1024 * 1024;

/** A request to an API, read to its end. */
export interface HttpRequest {
  readonly id: string;
  readonly method: string;
  /** Path and query below the stage. */
  readonly path: string;
  readonly query: Record<string, string>;
  /** By their names as the client wrote them. */
  readonly headers: Record<string, string>;
  readonly sourceIp: string;
  readonly body: string;
  /** A header's value by its name in lower case. */
  header(name: string): string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What a request says before its body is read. */
export function requestHead(message: IncomingMessage, path: string, query: URLSearchParams): HttpRequest {
  const { rawHeaders } = message;
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) headers[rawHeaders[at] ?? ""] = rawHeaders[at + 1] ?? "";
  return {
    id: randomUUID(),
    method: message.method ?? "GET",
    path,
    query: Object.fromEntries(query),
    headers,
    sourceIp: message.socket.remoteAddress ?? "127.0.0.1",
    body: "",
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

/** @throws {GatewayFailure} REQUEST_TOO_LARGE. */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBodyBytes) chunks.push(chunk);
  }
  if (bytes > mostBodyBytes) throw new GatewayFailure("REQUEST_TOO_LARGE");
  return Buffer.concat(chunks).toString();
}
