import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { riskEvent } from "../../../datasets/risk-event.ts";
import { sendEvents, type SendOptions } from "../../../producer/send-events.ts";
import { httpSink } from "../../../producer/sinks/http.ts";
import { httpServer, type Post } from "../helpers/http-server.ts";
import { freePort } from "../helpers/redis.ts";

const event = (n: number) => ({
  line: JSON.stringify({ Name: `n${n}`, DiscoveryDate: "2026-11-20", EventId: `e${n}` }),
});
const events = (count: number) => Array.from({ length: count }, (_, n) => event(n));
const idsOf = ({ body }: Post) => (JSON.parse(body) as { EventId: string }[]).map(({ EventId }) => EventId);

async function sent(
  count: number,
  answer: (post: Post, response: ServerResponse, count: number) => void,
  options: Partial<SendOptions> & { apiKey?: string; requestTimeoutMilliseconds?: number } = {},
) {
  const server = await httpServer(answer);
  const sink = httpSink({ url: server.url, ...options });
  try {
    const summary = await sendEvents(events(count), {
      dataset: riskEvent,
      sink,
      baseMilliseconds: 0,
      ...options,
    });
    return { summary, posts: server.posts };
  } finally {
    sink.close();
    await server.close();
  }
}

describe("the HTTP sink", () => {
  it("posts the events of a record as one JSON array, 500 at most, with the API key", async () => {
    const { posts, summary } = await sent(1200, (_, response) => void response.end("{}"), {
      apiKey: "k",
      recordBytes: 900_000,
    });
    assert.deepEqual(
      posts.map((post) => idsOf(post).length).sort((a, b) => b - a),
      [500, 500, 200],
    );
    assert.deepEqual(
      [posts[0]?.headers["x-api-key"], posts[0]?.headers["content-type"]],
      ["k", "application/json"],
    );
    assert.equal(summary.events, 1200);
  });

  it("posts again only the events that the answer names", async () => {
    const { posts, summary } = await sent(5, (_, response, count) => {
      const failed =
        count === 1 ? [1, 3].map((index) => ({ index, code: "InternalFailure", message: "m" })) : [];
      response.end(JSON.stringify({ failed }));
    });
    assert.deepEqual(posts.map(idsOf), [
      ["e0", "e1", "e2", "e3", "e4"],
      ["e1", "e3"],
    ]);
    assert.deepEqual([summary.events, summary.retries], [5, 1]);
  });

  it("gives up just the events that an answer names for good", async () => {
    let given = 0;
    const { summary } = await sent(
      5,
      (_, response) => void response.end('{"failed":[{"index":2,"code":"TooLarge"}]}'),
      {
        onUndelivered: ([first]) => {
          given += first?.record.events ?? 0;
        },
      },
    );
    assert.deepEqual([summary.events, summary.undelivered, given], [4, 1, 1]);
  });

  it("posts again what may pass, though other events of the post failed for good", async () => {
    const { posts, summary } = await sent(
      3,
      (post, response) => {
        const failed = idsOf(post).flatMap((id, index) => {
          if (id === "e0") return { index, code: "TooLarge" };
          return id === "e2" && idsOf(post).length === 3 ? { index, code: "InternalFailure" } : [];
        });
        response.end(JSON.stringify({ failed }));
      },
      {
        onUndelivered: ([first]) =>
          assert.match(first?.failure.message ?? "", /1 of 2 events failed: TooLarge$/),
      },
    );
    assert.deepEqual(posts.map(idsOf), [
      ["e0", "e1", "e2"],
      ["e0", "e2"],
    ]);
    assert.deepEqual([summary.events, summary.undelivered], [2, 1]);
  });

  it("posts all again when an answer names an event that the post does not have", async () => {
    const { posts, summary } = await sent(
      2,
      (_, response, count) => void response.end(count === 1 ? '{"failed":[{"index":99},{"index":0}]}' : "{}"),
    );
    assert.deepEqual(posts.map(idsOf), [
      ["e0", "e1"],
      ["e0", "e1"],
    ]);
    assert.equal(summary.events, 2);
  });

  for (const status of [429, 500, 503]) {
    it(`posts again after ${status}`, async () => {
      const { posts, summary } = await sent(
        2,
        (_, response, count) => void response.writeHead(count === 1 ? status : 200).end(),
      );
      assert.deepEqual([posts.length, summary.events], [2, 2]);
    });
  }

  it("posts again after a connection that broke, or an answer that took too long", async () => {
    const { summary } = await sent(
      2,
      (_, response, count) => {
        if (count === 1) response.socket?.destroy();
        else if (count > 2) response.end();
      },
      { requestTimeoutMilliseconds: 100 },
    );
    assert.deepEqual([summary.events, summary.retries], [2, 2]);
  });

  it("gives a record up that the endpoint refuses, and goes on with the others", async () => {
    const { summary } = await sent(
      4,
      (post, response) =>
        void response
          .writeHead(post.body.includes('"e1"') ? 400 : 200)
          .end('{"message":"Invalid request body"}'),
      {
        recordBytes: 1,
        onUndelivered: ([first]) =>
          assert.match(first?.failure.message ?? "", /answered 400: \{"message":"Invalid request body"\}\.$/),
      },
    );
    assert.deepEqual([summary.events, summary.undelivered], [3, 1]);
  });

  it("stops at once where no post can work, and says why", async () => {
    await assert.rejects(
      sent(2, (_, response) => void response.writeHead(403).end("Forbidden")),
      /answered 403: Forbidden\. Check the API key/,
    );
    await assert.rejects(
      sent(2, (_, response) => void response.writeHead(404).end()),
      /answered 404\. Check the URL\./,
    );
    await assert.rejects(
      sent(2, (_, response) => void response.writeHead(301, { location: "/other" }).end()),
      /answered 301\. Post to \/other instead\./,
    );
    const badPort = httpSink({ url: "http://127.0.0.1:9/" });
    await assert.rejects(sendEvents(events(1), { dataset: riskEvent, sink: badPort }), /bad port/);
    const sink = httpSink({ url: "http://ingest.invalid/" });
    await assert.rejects(
      sendEvents(events(1), { dataset: riskEvent, sink }),
      /^SinkError: http:\/\/ingest\.invalid\/: getaddrinfo ENOTFOUND/,
    );
  });

  it("tries again for a while where nobody listens", async () => {
    const sink = httpSink({ url: `http://127.0.0.1:${await freePort()}/` });
    await assert.rejects(
      sendEvents(events(1), { dataset: riskEvent, sink, maxAttempts: 3, baseMilliseconds: 0 }),
      /ECONNREFUSED.*\nA record was given up/,
    );
  });
});
