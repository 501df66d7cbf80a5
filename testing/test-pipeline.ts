import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { athenaClient } from "../athena/client/client.ts";
import type { ResultRow } from "../athena/client/result.ts";
import { runNamedQuery } from "../athena/client/run-named.ts";
import { startAthena } from "../local/athena/athena.ts";
import { startEmulator } from "../local/emulator.ts";
import { declaredPipelines } from "../pipelines/from-plan.ts";
import { evaluateStack } from "../plan/evaluate.ts";
import { sendEvents } from "../producer/send-events.ts";
import { kinesisSink } from "../producer/sinks/kinesis.ts";

const credentials = { accessKeyId: "local", secretAccessKey: "local" };

export type TestPipeline = Awaited<ReturnType<typeof testPipeline>>;

/** Runs the program's first pipeline on this machine, for a test of it. */
export async function testPipeline() {
  const plan = await evaluateStack({ stack: "local" });
  const [pipeline] = declaredPipelines(plan);
  if (!pipeline?.streamName) throw new Error("The program declares no pipeline with a stream.");
  const {
    region,
    streamName,
    deliveryStreamName,
    workgroupName: workgroup,
    databaseName: database,
  } = pipeline;
  const stateFolder = await mkdtemp(join(tmpdir(), "sluice-test-"));
  const emulator = await startEmulator(plan, { stateFolder });
  const athena = await startAthena(plan, { objects: emulator.objects, stateFolder });
  const client = athenaClient({ region, endpoint: athena.endpoint, credentials });
  const sink = kinesisSink({ streamName, region, endpoint: emulator.kinesisEndpoint, credentials });
  const delivered = async () => {
    await emulator.waitUntilDelivered(deliveryStreamName, { records: 0 });
    return emulator.counts(deliveryStreamName);
  };
  return {
    send: async (events: readonly object[]): Promise<void> => {
      const before = emulator.counts(deliveryStreamName).records;
      const lines = events.map((event) => ({ line: JSON.stringify(event) }));
      const { records } = await sendEvents(lines, { dataset: pipeline.declared.dataset, sink });
      await emulator.waitUntilDelivered(deliveryStreamName, { records: before + records });
    },
    counts: delivered,
    query: async (name: string): Promise<ResultRow[]> => {
      const query = pipeline.declared.queries.find((each) => each.name === name);
      if (!query) throw new Error(`The pipeline has no query "${name}".`);
      const options = { client, workgroup, database, dataset: pipeline.declared.dataset };
      return Array.fromAsync(await runNamedQuery(query, {}, options));
    },
    close: async (): Promise<void> => {
      sink.close();
      client.destroy();
      await athena.close();
      await emulator.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
