import type { IncomingMessage, ServerResponse } from "node:http";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { putRecordsCalls } from "../iam/api-gateway-calls.ts";
import type { Authorizer } from "../iam/authorizer.ts";
import { startLoopbackServer, type PortChoice } from "../http/loopback-server.ts";
import { Admission } from "./admission.ts";
import type { Api } from "./api.ts";
import { callKinesisAt, type CallService } from "./call-service.ts";
import { declaredApis } from "./declared-apis.ts";
import { answerFailure } from "./answer-failure.ts";
import { GatewayFailure } from "./gateway-failure.ts";
import { readBody, requestHead, type HttpAnswer, type HttpRequest } from "./http-message.ts";
import { runMethod } from "./run-method.ts";

export interface ApiGatewayOptions {
  /** Port on 127.0.0.1. */
  readonly port: PortChoice;
  /** `http://127.0.0.1:PORT` of the emulator's Kinesis. */
  readonly kinesisEndpoint: string;
  readonly authorizer: Authorizer;
  /** Told why a request was refused, where the client is not. */
  readonly onRefused?: (reason: string) => void;
}

/** The declared APIs, served. */
export interface ApiGateway {
  readonly apis: readonly ServedApi[];
  /** Lets the process end while they are served. */
  unref(): void;
  close(): Promise<void>;
}

export interface ServedApi {
  readonly id: string;
  readonly name: string;
  /** What AWS would serve as `https://ID.execute-api.REGION.amazonaws.com/STAGE`. */
  readonly invokeUrl: string;
  /** A value for `x-api-key`; absent where no key is declared. */
  readonly apiKey?: string;
}

/**
 * Serves the REST APIs of a plan, by their declared models, templates, keys and limits.
 * @throws {DeploymentError} what AWS would refuse at creation, and what the emulator can't run.
 * @throws {Error} when the port is taken.
 */
export async function startApiGateway(
  plan: DeploymentDocument,
  options: ApiGatewayOptions,
): Promise<ApiGateway> {
  const { port, kinesisEndpoint, authorizer, onRefused = () => {} } = options;
  const apis = declaredApis(plan);
  if (apis.length === 0) return { apis: [], unref: () => {}, close: async () => {} };

  const callService = callKinesisAt(kinesisEndpoint, (action, streamName) => {
    try {
      authorizer.authorizeAll(putRecordsCalls(plan, { ...action, action: action.name, streamName }));
    } catch (error) {
      onRefused((error as Error).message);
      throw error;
    }
  });
  const served = new Map(
    apis.map((api) => [`${api.id}/${api.stageName}`, { api, admission: new Admission(api) }]),
  );

  const server = await startLoopbackServer(port, (message, response) => {
    const url = new URL(message.url ?? "/", "http://api");
    const [, id = "", stage = "", ...rest] = url.pathname.split("/");
    const target = served.get(`${id}/${stage}`);
    const request = requestHead(message, `/${rest.join("/")}`, url.searchParams);
    answer(message, request, target, callService)
      .catch((error: unknown) => {
        const failure = error instanceof GatewayFailure ? error : unexpected(error);
        if (failure.reason !== undefined) onRefused(`${request.method} ${request.path}: ${failure.reason}`);
        return answerFailure(failure, request, target?.api);
      })
      .then(
        (given) => send(response, request, given),
        () => response.destroy(),
      );
  });
  return {
    apis: apis.map(({ id, name, stageName, keys }) => ({
      id,
      name,
      invokeUrl: `http://127.0.0.1:${server.port}/${id}/${stageName}`,
      ...(keys[0] && { apiKey: keys[0].value }),
    })),
    unref: () => server.unref(),
    close: () => server.close(),
  };
}

async function answer(
  message: IncomingMessage,
  head: HttpRequest,
  target: { api: Api; admission: Admission } | undefined,
  callService: CallService,
): Promise<HttpAnswer> {
  const body = await readBody(message);
  const method = target?.api.methods.find(
    ({ path, httpMethod }) => path === head.path && (httpMethod === head.method || httpMethod === "ANY"),
  );
  if (!target || !method) throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", "there is no such method");
  const key = target.admission.admit(head, method);
  return runMethod({ api: target.api, method, request: { ...head, body }, key }, callService);
}

function unexpected(error: unknown): GatewayFailure {
  return new GatewayFailure("INTEGRATION_FAILURE", error instanceof Error ? error.message : String(error));
}

function send(response: ServerResponse, { id }: HttpRequest, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, { ...headers, "x-amzn-RequestId": id });
  response.end(body);
}
