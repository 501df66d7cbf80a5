import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { publishEndpoints } from "../../cli/local/endpoints-file.ts";
import { LocalStack } from "../../testing/local-stack.ts";
import { onePipeline } from "../../pipelines/choose.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { inTemporaryFolder, runCli } from "../helpers/run-cli.ts";
import { root } from "../helpers/sources.ts";
import { rowsOf } from "../local/read-lake.ts";

interface ClickSenderModule {
  clickSender: (options: object) => { send: (eventType: string, more?: object) => void };
}

describe("HTTP ingest of the stack local", () => {
  /** Runs work beside an emulator that other processes find from the folder. */
  const withEmulator = (work: (local: LocalStack, cwd: string) => Promise<void>) =>
    inTemporaryFolder(async (cwd) => {
      const stateFolder = join(cwd, ".sluice", "local");
      const plan = await evaluateStack({ stack: "local" });
      await using local = await LocalStack.start(plan, { stateFolder, bufferingIntervalSeconds: 1 });
      const withdraw = await publishEndpoints(stateFolder, local);
      await work(local, cwd);
      await withdraw();
    });
  const arrived = async (local: LocalStack, dataset: string, records: number) => {
    const { deliveryStreamName, lakeBucketName } = onePipeline("local", local.pipelines, { dataset });
    await local.emulator.waitUntilDelivered(deliveryStreamName, { records });
    return rowsOf(local.emulator.objects, lakeBucketName);
  };

  it("takes a CSV file from sluice send, which finds the URL and the key itself", () =>
    withEmulator(async (local, cwd) => {
      const lines = ["Name,DiscoveryDate,NetLoss", "flood,2026-11-19,12.5", "fire,2026-11-20,"];
      await writeFile(join(cwd, "orders.csv"), lines.join("\n"));
      const sent = await runCli(["send", "orders.csv", "--dataset", "risk-event", "--to", "http"], { cwd });
      assert.equal(sent.exitCode, 0, sent.stderr);
      const rows = await arrived(local, "risk-event", 1);
      assert.deepEqual(rows.map((row) => [row["name"], row["netloss"]]).sort(), [
        ["fire", null],
        ["flood", 12.5],
      ]);
      const status = await runCli(["local", "status"], { cwd });
      const { url, apiKey } = local.http["risk-event"] ?? {};
      assert.ok(status.stdout.includes(`HTTP    ${url}  (x-api-key: ${apiKey})  takes risk-event`));
    }));

  it("takes what the example page sends, and tells it what is refused", () =>
    withEmulator(async (local) => {
      const module = pathToFileURL(join(root, "examples/browser/click-sender.js")).href;
      const { clickSender } = (await import(module)) as ClickSenderModule;
      const { url, apiKey } = local.http["clickstream"] ?? {};
      const sent = Promise.withResolvers<number>();
      const refused = Promise.withResolvers<string>();
      const options = { endpoint: url, apiKey, visitorId: "v-1", lingerMilliseconds: 1 };
      const sender = clickSender({ ...options, onSent: sent.resolve, onRefused: refused.resolve });
      sender.send("page_view", { page: "/mugs" });
      sender.send("click", { page: "/mugs", product_id: "blue-mug" });
      assert.equal(await sent.promise, 2);
      const rows = await arrived(local, "clickstream", 1);
      assert.deepEqual(rows.map((row) => row["event_type"]).sort(), ["click", "page_view"]);

      sender.send("click", { quantity: "two" });
      assert.equal(await refused.promise, '400: {"message":"Invalid request body"}');
    }));
});
