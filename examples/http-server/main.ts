import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { accessLog } from "../../datasets/access-log.ts";
import {
  createProducer,
  fileBuffer,
  kinesisSink,
  memoryBuffer,
  redisBuffer,
  withFallback,
} from "../../producer/index.ts";
import { loggingServer } from "./server.ts";

const { STREAM_NAME, AWS_REGION, KINESIS_ENDPOINT, REDIS_URL, BUFFER_FOLDER, PORT = "8080" } = process.env;
if (STREAM_NAME === undefined || AWS_REGION === undefined) {
  console.error(
    "Set STREAM_NAME and AWS_REGION to the stream of the pipeline (pulumi stack output pipelines).",
  );
  process.exit(2);
}

const holdsOn = BUFFER_FOLDER === undefined ? memoryBuffer() : await fileBuffer({ folder: BUFFER_FOLDER });
const producer = createProducer({
  dataset: accessLog,
  sink: kinesisSink({
    streamName: STREAM_NAME,
    region: AWS_REGION,
    ...(KINESIS_ENDPOINT === undefined ? {} : { endpoint: KINESIS_ENDPOINT }),
  }),
  // All instances of this server gather their events in one Redis; while it is away each holds its own.
  buffer:
    REDIS_URL === undefined
      ? holdsOn
      : withFallback(redisBuffer({ url: REDIS_URL, key: "sluice:{access-log}" }), holdsOn),
  whenFull: "drop",
});

const server = loggingServer(producer).listen(Number(PORT), "127.0.0.1");
await once(server, "listening");
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

await once(process, "SIGTERM");
server.close();
server.closeIdleConnections();
await once(server, "close");
console.log(JSON.stringify(await producer.close()));
