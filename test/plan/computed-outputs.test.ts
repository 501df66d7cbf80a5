import assert from "node:assert/strict";
import { computedOutputs } from "../../plan/computed-outputs.ts";

const deployed = { account: "123456789012", region: "eu-central-1" };
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

/** Type, inputs, the id of the AWS provider, the ARN of the Service Authorization Reference. */
const cases: [type: string, inputs: Record<string, unknown>, id: string, arn: string | undefined][] = [
  ["aws:athena/preparedStatement:PreparedStatement", { name: "q", workgroup: "w" }, "w/q", undefined],
  ["aws:athena/workgroup:Workgroup", { name: "w" }, "w", arn("athena", "workgroup/w")],
  ["aws:cloudwatch/logGroup:LogGroup", { name: "/g" }, "/g", arn("logs", "log-group:/g")],
  [
    "aws:cloudwatch/logStream:LogStream",
    { name: "s", logGroupName: "/g" },
    "s",
    arn("logs", "log-group:/g:log-stream:s"),
  ],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { name: "a" }, "a", arn("cloudwatch", "alarm:a")],
  ["aws:glue/catalogDatabase:CatalogDatabase", { name: "d" }, "123456789012:d", arn("glue", "database/d")],
  [
    "aws:glue/catalogTable:CatalogTable",
    { name: "t", databaseName: "d" },
    "123456789012:d:t",
    arn("glue", "table/d/t"),
  ],
  ["aws:iam/role:Role", { name: "r" }, "r", "arn:aws:iam::123456789012:role/r"],
  ["aws:iam/rolePolicy:RolePolicy", { name: "p", role: "r" }, "r:p", undefined],
  [
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    { name: "f" },
    arn("firehose", "deliverystream/f"),
    arn("firehose", "deliverystream/f"),
  ],
  ["aws:kinesis/stream:Stream", { name: "s" }, arn("kinesis", "stream/s"), arn("kinesis", "stream/s")],
  ["aws:kms/alias:Alias", { name: "alias/k" }, "alias/k", arn("kms", "alias/k")],
  ["aws:s3/bucket:Bucket", { bucket: "b" }, "b", "arn:aws:s3:::b"],
  ["aws:s3/bucketPolicy:BucketPolicy", { bucket: "b" }, "b", undefined],
  ["aws:sns/topic:Topic", { name: "n" }, arn("sns", "n"), arn("sns", "n")],
];

describe("what AWS adds to a resource", () => {
  for (const [type, inputs, id, expectedArn] of cases) {
    it(`${type} gets the id ${id} and ${expectedArn === undefined ? "no ARN" : `the ARN ${expectedArn}`}`, () => {
      const computed = computedOutputs(type, "logical", inputs, deployed);
      assert.equal(computed.id, id);
      assert.equal(computed.outputs["arn"], expectedArn);
    });
  }

  it("a key gets an id of its own, the same in every plan", () => {
    const type = "aws:kms/key:Key";
    const { id, outputs } = computedOutputs(type, "one", {}, deployed);
    assert.deepEqual(outputs, { keyId: id, arn: arn("kms", `key/${id}`) });
    assert.equal(computedOutputs(type, "one", {}, deployed).id, id);
    assert.notEqual(computedOutputs(type, "other", {}, deployed).id, id);
  });

  it("what has no name is called by its name in the program", () => {
    assert.equal(computedOutputs("aws:sqs/queue:Queue", "logical", {}, deployed).id, "logical");
  });
});
