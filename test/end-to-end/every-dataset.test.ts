import assert from "node:assert/strict";
import { problemsOf } from "../../athena/check/check-query.ts";
import { athenaClient } from "../../athena/client/client.ts";
import { runNamedQuery } from "../../athena/client/run-named.ts";
import { LocalStack } from "../../testing/local-stack.ts";
import { declaredPipelines } from "../../pipelines/from-plan.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { sendEvents } from "../../producer/send-events.ts";
import { kinesisSink } from "../../producer/sinks/kinesis.ts";
import { sampleEvents } from "../../producer/sources/fixture.ts";
import { inTemporaryFolder } from "../helpers/run-cli.ts";
import { root } from "../helpers/sources.ts";

const credentials = { accessKeyId: "local", secretAccessKey: "local" };

// Whatever the program declares is tried: a new dataset needs no line of test for this.
describe("every dataset of the program", function () {
  this.timeout(120_000);
  let plan: DeploymentDocument;
  before(async () => {
    plan = await evaluateStack({ stack: "local" });
  });

  it("has queries that keep the rules", () => {
    const problems = declaredPipelines(plan).flatMap(({ name, declared }) =>
      declared.queries.flatMap((query) =>
        problemsOf(query, declared.dataset).map((problem) => `${name}/${query.name}: ${problem}`),
      ),
    );
    assert.deepEqual(problems, []);
  });

  it("takes its sample to the last event, and answers each of its queries", () =>
    inTemporaryFolder(async (stateFolder) => {
      await using local = await LocalStack.start(plan, { stateFolder, bufferingIntervalSeconds: 0.02 });
      for (const pipeline of declaredPipelines(plan)) {
        const { name, region, streamName = "", deliveryStreamName, declared } = pipeline;
        const { dataset } = declared;
        const sent = await sendEvents(await sampleEvents(dataset, root, {}, 300), {
          dataset,
          sink: kinesisSink({ streamName, region, endpoint: local.emulator.kinesisEndpoint, credentials }),
          onInvalid: "reject",
        });
        assert.deepEqual([sent.rejected, sent.undelivered], [0, 0], name);
        await local.emulator.waitUntilDelivered(deliveryStreamName, { records: sent.records });
        const { rows, failedEvents } = local.emulator.counts(deliveryStreamName);
        assert.deepEqual([rows, failedEvents], [sent.events, 0], name);

        const client = athenaClient({ region, endpoint: local.athenaEndpoint, credentials });
        for (const query of declared.queries.filter(({ parameters }) =>
          parameters.every((parameter) => parameter.default !== undefined),
        )) {
          const options = { client, workgroup: pipeline.workgroupName, database: pipeline.databaseName };
          const answer = await runNamedQuery(query.name, {}, options);
          const answered = await Array.fromAsync(answer.arrays());
          assert.ok(
            answered.every((row) => row.length === answer.columns.length),
            `${name}/${query.name}`,
          );
        }
        client.destroy();
      }
    }));
});
