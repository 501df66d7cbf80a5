import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ControlPlane } from "../../local/stream/control-plane.ts";
import { startKinesisMock } from "../../local/stream/kinesis-mock.ts";
import { startStreams } from "../../local/stream/streams.ts";
import { evaluateStack } from "../../plan/evaluate.ts";

// A Kinesis in a process of its own, so that the sender's CPU is the sender's alone. Tells its endpoint by IPC.
// Argument: `kinesis-mock` for that alone, `emulator` for the emulator's gateway with its journal before it.

const where = { region: "us-east-1", accountId: "000000000000" };
const started = process.argv[2] === "emulator" ? await emulator() : await kinesisMock();
process.once("disconnect", () => void started.stop());
process.send?.({ endpoint: started.endpoint, streamName: started.streamName });

async function kinesisMock() {
  const mock = await startKinesisMock(where);
  const streamName = "bench";
  const stream = { name: streamName, mode: "PROVISIONED", shardCount: 4, retentionHours: 24 } as const;
  await new ControlPlane(mock.port, where.region).createStream(stream);
  return { endpoint: `http://127.0.0.1:${mock.port}`, streamName, stop: () => mock.stop() };
}

async function emulator() {
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const streams = await startStreams(await evaluateStack({ stack: "local" }), { folder, port: 0, ...where });
  const [streamName = ""] = streams.journals.names;
  const stop = async () => {
    await streams.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { endpoint: streams.endpoint, streamName, stop };
}
