import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** An answer of an AWS API that is no success: AWS's exception name and a message. */
export class AwsApiError extends Error {
  readonly type: string;
  readonly statusCode: number;

  constructor(type: string, message: string, statusCode = 400) {
    super(message);
    this.name = "AwsApiError";
    this.type = type;
    this.statusCode = statusCode;
  }
}

/** AWS's words for values outside of the limits of an API's model. */
export function validationError(problems: readonly string[]): AwsApiError {
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
  return new AwsApiError("ValidationException", `${count}: ${problems.join("; ")}`);
}

/** The body of a request. @throws {AwsApiError} when it is larger than an API takes. */
export async function bodyOf(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A body that is too large is read to its end all the same: a client that still writes would not read the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  if (bytes <= mostBytes) return Buffer.concat(chunks);
  throw new AwsApiError("RequestEntityTooLargeException", "The request is too large.", 413);
}

/** The input of an operation in AWS JSON. @throws {AwsApiError} when it is no JSON object. */
export function inputOf(body: Buffer): Record<string, unknown> {
  try {
    const value = JSON.parse(body.toString()) as unknown;
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through to the same answer as a body that is no object.
  }
  throw new AwsApiError("SerializationException", "The request body is not a JSON object.");
}

/** A request's list of records. @throws {AwsApiError} when it is no list, or has none or more than `most` members. */
export function recordList(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value)) throw new AwsApiError("SerializationException", "Records must be a list.");
  if (value.length >= 1 && value.length <= most) return value;
  const limit = value.length < 1 ? "greater than or equal to 1" : `less than or equal to ${most}`;
  throw validationError([
    `Value at 'records' failed to satisfy constraint: Member must have length ${limit}`,
  ]);
}

/** The operation of an API that a request asks for, `PutRecords`; of another API its whole target. */
export function operationOf(request: IncomingMessage, api: "Kinesis" | "Firehose"): string {
  const target = String(request.headers["x-amz-target"] ?? "");
  const [service = "", operation = ""] = target.split(".");
  return service.startsWith(`${api}_`) ? operation : target;
}

/** Answers in AWS JSON 1.1. */
export function send(response: ServerResponse, statusCode: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(statusCode, {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": randomUUID(),
  });
  response.end(JSON.stringify(body));
}

/** Answers with an error; whatever is none of AWS's is an InternalFailure. */
export function sendError(response: ServerResponse, error: unknown): void {
  const known = error instanceof AwsApiError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  send(response, known?.statusCode ?? 500, { __type: known?.type ?? "InternalFailure", message });
}
