import assert from "node:assert/strict";
import { join } from "node:path";
import { publishEndpoints } from "../../cli/local/endpoints-file.ts";
import { LocalStack } from "../../testing/local-stack.ts";
import { onePipeline } from "../../pipelines/choose.ts";
import { readFile, writeFile } from "node:fs/promises";
import { evaluateStack } from "../../plan/evaluate.ts";
import { configure, copyProject } from "../engine/project-copy.ts";
import { root } from "../helpers/sources.ts";
import { inTemporaryFolder, runCli } from "../helpers/run-cli.ts";

describe("a stack whose source is Direct PUT", () => {
  it("takes events from sluice send --to firehose, which says where others should go", () =>
    inTemporaryFolder(async (cwd) => {
      const folder = join(cwd, "project");
      await copyProject(folder);
      const settings = join(folder, "Pulumi.local.yaml");
      const ofStream = /.*sluice:(http\w+|streamMode|shardCount):.*\n/g;
      await writeFile(
        settings,
        (await readFile(join(root, "Pulumi.local.yaml"), "utf8")).replaceAll(ofStream, ""),
      );
      await configure(folder, "local", { source: "DIRECT_PUT" });
      const plan = await evaluateStack({ stack: "local", folder });

      const stateFolder = join(cwd, ".sluice", "local");
      await using local = await LocalStack.start(plan, { stateFolder, bufferingIntervalSeconds: 1 });
      const withdraw = await publishEndpoints(stateFolder, local);
      const send = (to: string) =>
        runCli(["send", "--generate", "100", "--dataset", "clickstream", "--to", to], { cwd });
      const sent = await send("firehose");
      assert.equal(sent.exitCode, 0, sent.stderr);
      const { streamName, deliveryStreamName } = onePipeline("local", local.pipelines, {
        dataset: "clickstream",
      });
      assert.equal(streamName, undefined);
      await local.emulator.waitUntilDelivered(deliveryStreamName, { records: 1 });
      assert.ok(local.emulator.counts(deliveryStreamName).rows >= 90);

      const refused = await send("kinesis");
      assert.equal(refused.exitCode, 2);
      assert.match(
        refused.stderr,
        /has no stream: Firehose takes its events\. Send them with --to firehose\./,
      );
      await withdraw();
    }));
});
