import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Post {
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

/** A server that keeps what is posted to it; `answer` decides what it says. */
export async function httpServer(
  answer: (post: Post, response: ServerResponse, count: number) => void = (_, response) =>
    void response.end("{}"),
): Promise<{
  url: string;
  posts: Post[];
  events: () => Record<string, unknown>[];
  close: () => Promise<void>;
}> {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const post = { body: Buffer.concat(chunks).toString(), headers: request.headers };
      posts.push(post);
      answer(post, response, posts.length);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    posts,
    events: () => posts.flatMap(({ body }) => JSON.parse(body) as Record<string, unknown>[]),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
