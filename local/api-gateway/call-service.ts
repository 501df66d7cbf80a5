import { signedFor } from "../http/credential-scope.ts";
import type { ServiceAction } from "./api.ts";

/** What a service answered. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
}

/** Calls an action of an AWS service with a body that a template made. */
export type CallService = (action: ServiceAction, body: string) => Promise<ServiceAnswer>;

/**
 * Calls the emulator's Kinesis.
 * @param evaluate throws when the role may not do it; Kinesis answers that with 400, as AWS does.
 */
export function callKinesisAt(
  endpoint: string,
  evaluate: (action: ServiceAction, streamName: string) => void,
): CallService {
  return async (action, body) => {
    try {
      evaluate(action, streamNameIn(body));
    } catch (error) {
      const message = (error as Error).message;
      return { status: 400, body: JSON.stringify({ __type: "AccessDeniedException", message }) };
    }
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `Kinesis_20131202.${action.name}`,
        ...signedFor(action.region, "kinesis"),
      },
      body,
    });
    return { status: response.status, body: await response.text() };
  };
}

function streamNameIn(body: string): string {
  try {
    const { StreamName } = JSON.parse(body) as { StreamName?: unknown };
    return typeof StreamName === "string" ? StreamName : "";
  } catch {
    return "";
  }
}
