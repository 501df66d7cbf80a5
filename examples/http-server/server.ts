import { createServer, type Server } from "node:http";
import type { accessLog } from "../../datasets/access-log.ts";
import type { Producer } from "../../producer/index.ts";

/** A web server that sends every request it answers into the pipeline of the access log. */
export function loggingServer(producer: Producer<typeof accessLog>): Server {
  return createServer((request, response) => {
    response.on("finish", () => {
      const length = response.getHeader("content-length");
      producer
        .send({
          time: new Date().toISOString(),
          remote_addr: request.socket.remoteAddress ?? null,
          method: request.method ?? null,
          path: request.url ?? null,
          protocol: `HTTP/${request.httpVersion}`,
          status: response.statusCode,
          bytes: length === undefined ? null : Number(length),
          referer: request.headers.referer ?? null,
          user_agent: request.headers["user-agent"] ?? null,
        })
        // A request must not fail because its log line did.
        .catch((error: unknown) => console.error("not logged:", error));
    });
    const body = request.url === "/" ? "hello\n" : "not found\n";
    response.statusCode = request.url === "/" ? 200 : 404;
    response.setHeader("content-length", Buffer.byteLength(body));
    response.end(body);
  });
}
