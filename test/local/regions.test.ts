import assert from "node:assert/strict";
import { join } from "node:path";
import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { DescribeStreamSummaryCommand, KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { ListWorkGroupsCommand } from "@aws-sdk/client-athena";
import { athenaClient } from "../../athena/client/client.ts";
import { startAthena } from "../../local/athena/athena.ts";
import { startEmulator, type Emulator } from "../../local/emulator.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { fixture, fixturePlan, planOf, type FixtureOptions } from "./fixture-plan.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const here = "eu-central-1";
const there = "us-east-1";
const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" };

/** The fixture's plan in two regions, under the same names; only buckets, whose names AWS keeps apart, are called otherwise. */
function inTwoRegions(options?: FixtureOptions): DeploymentDocument {
  const workgroup = (name: string) => planOf([["aws:athena/workgroup:Workgroup", name, { name }]]);
  const regional = (plan: DeploymentDocument, region: string) =>
    plan.deployment.resources.map((resource) =>
      /^aws:(kinesis|glue|athena)/.test(resource.type)
        ? { ...resource, inputs: { ...resource.inputs, region } }
        : resource,
    );
  const first = fixturePlan(options);
  const text = JSON.stringify(first)
    .replaceAll(here, there)
    .replaceAll(/orders-(lake|backup)/g, "orders-$1-there")
    .replaceAll("::orders::", "::orders::copy$");
  const second = JSON.parse(text) as DeploymentDocument;
  return {
    ...first,
    deployment: {
      ...first.deployment,
      resources: [
        ...regional(first, here),
        ...regional(workgroup("here"), here),
        // Roles are of no region: the first plan's serve both.
        ...regional(second, there).filter(({ type }) => !type.startsWith("aws:iam/")),
        ...regional(workgroup("there"), there),
      ],
    },
  };
}

describe("an emulator of two regions", () => {
  let emulator: Emulator | undefined;
  // Before the folder that it writes into is removed.
  afterEach(() => emulator?.close());
  const folder = temporaryFolder();
  const start = async (plan: DeploymentDocument) =>
    (emulator = await startEmulator(plan, { stateFolder: join(folder(), "state") }));
  const buckets = async ({ objects }: Emulator) => [
    (await objects.list(fixture.lake, "data/")).length,
    (await objects.list("orders-lake-there", "data/")).length,
  ];

  it("takes records for a stream of the same name in each, by the region that a client signs for", async () => {
    const running = await start(inTwoRegions());
    const clientOf = (region: string) =>
      new KinesisClient({ endpoint: running.kinesisEndpoint, region, credentials, maxAttempts: 1 });
    const put = (region: string, ...texts: string[]) =>
      clientOf(region).send(
        new PutRecordsCommand({
          StreamName: fixture.stream,
          Records: texts.map((text) => ({ PartitionKey: text, Data: Buffer.from(text) })),
        }),
      );
    await put(there, '{"id":"a"}');
    await running.waitUntilDelivered(fixture.delivery, { region: there, records: 1 });
    assert.deepEqual(await buckets(running), [0, 1]);
    await put(here, '{"id":"b"}', '{"id":"c"}');
    await running.waitUntilDelivered(fixture.delivery, { region: here, records: 2 });
    assert.equal(running.counts(fixture.delivery, here).rows, 2);
    assert.equal(running.counts(fixture.delivery, there).rows, 1);

    for (const region of [here, there]) {
      const { StreamDescriptionSummary } = await clientOf(region).send(
        new DescribeStreamSummaryCommand({ StreamName: fixture.stream }),
      );
      assert.match(StreamDescriptionSummary?.StreamARN ?? "", new RegExp(`:kinesis:${region}:`));
    }
    await assert.rejects(put("eu-west-1", "{}"), { name: "ResourceNotFoundException" });
    assert.throws(
      () => running.counts(fixture.delivery),
      /declares "orders-delivery" in eu-central-1, us-east-1\. Say in which region is meant/,
    );
    assert.deepEqual(
      running.deliveryStreams.map(({ name, region }) => [name, region]),
      [
        [fixture.delivery, here],
        [fixture.delivery, there],
      ],
    );
  });

  it("takes Direct PUT for a delivery stream of the same name in each", async () => {
    const running = await start(inTwoRegions({ delivery: { kinesisSourceConfiguration: undefined } }));
    const put = (region: string) =>
      new FirehoseClient({
        endpoint: running.firehoseEndpoint ?? "",
        region,
        credentials,
        maxAttempts: 1,
      }).send(
        new PutRecordBatchCommand({
          DeliveryStreamName: fixture.delivery,
          Records: [{ Data: Buffer.from('{"id":"a"}') }],
        }),
      );
    await put(there);
    await running.waitUntilDelivered(fixture.delivery, { region: there, records: 1 });
    assert.deepEqual(await buckets(running), [0, 1]);
    await assert.rejects(put("eu-west-1"), { name: "ResourceNotFoundException" });
  });

  it("has an Athena in each, with that region's workgroups", async () => {
    const running = await start(inTwoRegions());
    const plan = inTwoRegions();
    const database = (region: string) =>
      planOf([["aws:glue/catalogDatabase:CatalogDatabase", region, { name: fixture.database, region }]]);
    plan.deployment.resources.push(
      ...[here, there].flatMap((region) => database(region).deployment.resources),
    );
    const athena = await startAthena(plan, { objects: running.objects, stateFolder: folder() });
    try {
      const workgroupsIn = async (region: string) => {
        const client = athenaClient({ region, endpoint: athena.endpoint, credentials });
        const { WorkGroups = [] } = await client.send(new ListWorkGroupsCommand({}));
        return WorkGroups.map(({ Name }) => Name).sort();
      };
      assert.deepEqual(await workgroupsIn(here), ["here", "primary"]);
      assert.deepEqual(await workgroupsIn(there), ["primary", "there"]);
      await assert.rejects(workgroupsIn("eu-west-1"), {
        name: "InvalidRequestException",
        message: "The call is signed for eu-west-1. The plan has an Athena in eu-central-1, us-east-1.",
      });
    } finally {
      await athena.close();
    }
  });

  it("answers, where all is in one region, whichever a client signs for", async () => {
    const running = await start(fixturePlan());
    const client = new KinesisClient({
      endpoint: running.kinesisEndpoint,
      region: "eu-west-1",
      credentials,
      maxAttempts: 1,
    });
    await client.send(
      new PutRecordsCommand({
        StreamName: fixture.stream,
        Records: [{ PartitionKey: "a", Data: Buffer.from('{"id":"a"}') }],
      }),
    );
    await running.waitUntilDelivered(fixture.delivery, { records: 1 });
    assert.equal(running.counts(fixture.delivery).rows, 1);
  });
});
