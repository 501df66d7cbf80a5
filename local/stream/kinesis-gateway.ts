import { randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { ControlPlane } from "./control-plane.ts";
import { DataPlane, isDataPlaneAction } from "./data-plane.ts";
import { AwsApiError, bodyOf, inputOf, operationOf, send, sendError } from "../http/aws-json.ts";
import { credentialScope } from "../http/credential-scope.ts";
import { startLoopbackServer, type LoopbackServer, type PortChoice } from "../http/loopback-server.ts";
import type { Regional } from "../regional.ts";
import type { Journal } from "./journal.ts";

/** A little more than the base64 of the largest request. */
const mostBodyBytes = 16 * 1024 * 1024;

/**
 * The emulator's Kinesis endpoint. Calls about records are answered from the journals (docs/decisions/0006); all others go
 * on to kinesis-mock.
 */
export async function startKinesisGateway(options: {
  port: PortChoice;
  mockPort: number;
  controlPlaneOf: (region: string) => ControlPlane;
  journals: Regional<Journal>;
}): Promise<LoopbackServer> {
  const dataPlane = new DataPlane(options.controlPlaneOf, options.journals);
  const agent = new http.Agent({ keepAlive: true });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request, mostBodyBytes);
    const action = operationOf(request, "Kinesis");
    if (!isDataPlaneAction(action)) {
      dataPlane.forgetShards();
      return forward(request, body, response, options.mockPort, agent);
    }
    if (String(request.headers["content-type"]).includes("cbor")) {
      throw new AwsApiError(
        "SerializationException",
        `${action}: the emulator reads JSON here, not CBOR. For Java, set AWS_CBOR_DISABLE=true.`,
      );
    }
    send(response, 200, await dataPlane.call(action, inputOf(body), credentialScope(request).region));
  };

  const server = await startLoopbackServer(options.port, (request, response) => {
    answer(request, response).catch((error: unknown) => sendError(response, error));
  });
  return {
    port: server.port,
    unref: () => server.unref(),
    close: async () => {
      await server.close();
      agent.destroy();
    },
  };
}

function forward(
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  port: number,
  agent: http.Agent,
): Promise<void> {
  // HTTP/2's pseudo headers and the connection's own headers are not passed on.
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) =>
      /^(content-type|authorization|accept|x-amz.*)$/.test(name),
    ),
  );
  return new Promise((resolve, reject) => {
    const forwarded = http.request(
      { host: "127.0.0.1", port, agent, method: request.method, path: request.url, headers },
      (answer) => {
        const contentType = answer.headers["content-type"];
        response.writeHead(answer.statusCode ?? 502, {
          "x-amzn-requestid": randomUUID(),
          ...(contentType !== undefined && { "content-type": contentType }),
        });
        answer.pipe(response);
        answer.once("end", resolve);
        answer.once("error", reject);
      },
    );
    forwarded.once("error", reject);
    forwarded.end(body);
  });
}
