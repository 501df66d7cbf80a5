import { once } from "node:events";
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

/** A port; 0 for a free one. Or one that is liked: when another program has it, `onTaken` is called and a free one is taken. */
export type PortChoice = number | { readonly liked: number; readonly onTaken: () => void };

/** Names of this machine in a URL: a web page of another origin that has its name resolved to 127.0.0.1 has none of them. */
const ownNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * An HTTP server on 127.0.0.1 that speaks HTTP/1.1 and HTTP/2 without TLS on one port. The AWS SDK's Kinesis client
 * speaks HTTP/2 unless it is told otherwise; other clients, and curl, speak HTTP/1.1. A request for another host than this
 * machine is answered with 403: a page in a browser could send one (DNS rebinding).
 *
 * @throws {Error} when the port is taken.
 */
export async function startLoopbackServer(
  port: PortChoice,
  answer: RequestListener,
): Promise<LoopbackServer> {
  const listener: RequestListener = (request, response) => {
    const host = request.headers.host ?? String(request.headers[":authority"] ?? "");
    if (ownNames.test(host)) return answer(request, response);
    response.writeHead(403, { "content-type": "text/plain" });
    response.end(`This server answers for localhost and 127.0.0.1, not for "${host}".\n`);
  };
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

  const listen = async (wanted: number) => {
    const listening = once(server, "listening");
    server.listen(wanted, "127.0.0.1");
    await listening;
  };
  const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === "EADDRINUSE";
  if (typeof port === "number") {
    await listen(port).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
      const rule = `Port ${port} on 127.0.0.1 is taken by another program.`;
      throw new Error(`${rule}\nChoose another port, or none for a free one.`, { cause: error });
    });
  } else {
    await listen(port.liked).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
      port.onTaken();
      return listen(0);
    });
  }
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
