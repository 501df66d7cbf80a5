import http, { type RequestListener } from "node:http";
import http2 from "node:http2";
import net, { type AddressInfo, type Socket } from "node:net";

export interface LoopbackServer {
  readonly port: number;
  /** Lets the process end while the server is up, as `unref` of Node's own servers does. */
  unref(): void;
  /** Takes no new connection and ends those that are open. */
  close(): Promise<void>;
}

/**
 * An HTTP server on 127.0.0.1 that speaks HTTP/1.1 and HTTP/2 without TLS on one port. The AWS SDK's Kinesis client
 * speaks HTTP/2 unless it is told otherwise; other clients, and curl, speak HTTP/1.1.
 *
 * @param port 0 for a free one.
 * @throws {Error} when the port is taken.
 */
export async function startLoopbackServer(port: number, listener: RequestListener): Promise<LoopbackServer> {
  const http1 = http.createServer(listener);
  // The compatibility API of HTTP/2 has the shape of http's; the types don't say so.
  const withHttp2 = http2.createServer(listener as unknown as Parameters<typeof http2.createServer>[0]);
  const sockets = new Set<Socket>();
  let holdsProcess = true;
  const server = net.createServer((socket) => {
    sockets.add(socket);
    if (!holdsProcess) socket.unref();
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.once("data", (start: Buffer) => {
      socket.pause();
      socket.unshift(start);
      // "PRI * HTTP/2.0": the preface of a client that knows HTTP/2 is spoken here (RFC 9113, section 3.4).
      const speaks = start.subarray(0, 3).toString("latin1") === "PRI" ? withHttp2 : http1;
      speaks.emit("connection", socket);
      if (speaks === http1) socket.resume();
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new Error(
              `Port ${port} on 127.0.0.1 is taken by another program.\nChoose another port, or none for a free one.`,
              { cause: error },
            )
          : error,
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    unref: () => {
      holdsProcess = false;
      server.unref();
      for (const socket of sockets) socket.unref();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
