import assert from "node:assert/strict";
import { accessLog } from "../../../datasets/access-log.ts";
import { sendEvents } from "../../../producer/send-events.ts";
import { firehoseSink } from "../../../producer/sinks/firehose.ts";
import { httpServer, type Post } from "../helpers/http-server.ts";

const dataset = accessLog;
const events = Array.from({ length: 9 }, (_, n) => ({
  line: `{"time":"2026-11-20T10:00:00Z","status":${n},"event_id":"e${n}"}`,
}));
const sinkOf = (url: string) =>
  firehoseSink({
    deliveryStreamName: "direct",
    region: "eu-central-1",
    endpoint: new URL(url).origin,
    credentials: { accessKeyId: "x", secretAccessKey: "y" },
  });
const recordsOf = ({ body }: Post) =>
  (JSON.parse(body) as { Records: { Data: string }[] }).Records.map(({ Data }) =>
    Buffer.from(Data, "base64").toString(),
  );

describe("the Firehose sink", () => {
  it("puts records by PutRecordBatch, and again those that failed in an answer of 200", async () => {
    const server = await httpServer((post, response, count) => {
      const RequestResponses = recordsOf(post).map((_, index) =>
        count === 1 && index === 1
          ? { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." }
          : { RecordId: "r" },
      );
      response.end(JSON.stringify({ FailedPutCount: count === 1 ? 1 : 0, RequestResponses }));
    });
    const sink = sinkOf(server.url);
    const summary = await sendEvents(events, { dataset, sink, recordBytes: 200, baseMilliseconds: 0 });
    assert.equal(server.posts[0]?.headers["x-amz-target"], "Firehose_20150804.PutRecordBatch");
    assert.deepEqual(
      server.posts.map((post) => recordsOf(post).length),
      [3, 1],
    );
    assert.equal(
      recordsOf(server.posts[1] ?? { body: "", headers: {} })[0],
      `${events
        .slice(3, 6)
        .map(({ line }) => line)
        .join("\n")}\n`,
    );
    assert.deepEqual([summary.events, summary.retries], [9, 1]);
    sink.close();
    await server.close();
  });

  it("says what is wrong with a stream that takes from Kinesis, and with one that is not there", async () => {
    for (const [type, message] of [
      [
        "InvalidSourceException",
        /^SinkError: Firehose stream "direct": InvalidSourceException: This operation is not permitted/,
      ],
      ["ResourceNotFoundException", /^SinkError: There is no Firehose stream "direct" in eu-central-1\./],
    ] as const) {
      const server = await httpServer((_, response) => {
        response.writeHead(400, { "x-amzn-errortype": type, "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify({ __type: type, message: "This operation is not permitted" }));
      });
      const sink = sinkOf(server.url);
      await assert.rejects(sendEvents(events, { dataset, sink }), message);
      sink.close();
      await server.close();
    }
  });
});
