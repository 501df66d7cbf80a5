import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { accessLog } from "../../datasets/access-log.ts";
import {
  fileBuffer,
  memoryBuffer,
  PipelineNotFoundError,
  producerFor,
  redisBuffer,
  withFallback,
} from "../../producer/index.ts";
import { loggingServer } from "./server.ts";

const { REDIS_URL, BUFFER_FOLDER, PORT = "8080" } = process.env;

const holdsOn = BUFFER_FOLDER === undefined ? memoryBuffer() : await fileBuffer({ folder: BUFFER_FOLDER });
const producer = await producerFor(accessLog, {
  // All instances of this server gather their events in one Redis; while it is away each holds its own.
  buffer:
    REDIS_URL === undefined
      ? holdsOn
      : withFallback(redisBuffer({ url: REDIS_URL, key: "sluice:{access-log}" }), holdsOn),
  whenFull: "drop",
}).catch((error: unknown) => {
  if (!(error instanceof PipelineNotFoundError)) throw error;
  console.error(error.message);
  process.exit(2);
});

const server = loggingServer(producer).listen(Number(PORT), "127.0.0.1");
await once(server, "listening");
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

// SIGTERM comes from whoever deploys, SIGINT from Ctrl-C: neither may lose what waits.
await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
server.close();
server.closeIdleConnections();
await once(server, "close");
console.log(JSON.stringify(await producer.close()));
