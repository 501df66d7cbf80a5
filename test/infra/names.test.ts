import assert from "node:assert/strict";
import { namesOf, type NameParts } from "../../infra/names.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { account, defaultPlan, orders, planPipeline, program, region } from "./plan-pipeline.ts";

const parts: NameParts = {
  account: "111122223333",
  region: "eu-central-1",
  partition: "aws",
  project: "shop",
  stack: "dev",
  pipeline: "web-orders",
  tableName: "web_orders",
};

/** What AWS takes for a name, by the input that holds it (the services' API references). */
const accepted: Record<string, RegExp> = {
  "aws:athena/workgroup:Workgroup": /^[a-zA-Z0-9._-]{1,128}$/,
  "aws:cloudwatch/logGroup:LogGroup": /^[.\-_/#A-Za-z0-9]{1,512}$/,
  "aws:cloudwatch/logStream:LogStream": /^[^:*]{1,512}$/,
  "aws:cloudwatch/metricAlarm:MetricAlarm": /^[\x20-\x7e]{1,255}$/,
  "aws:glue/catalogDatabase:CatalogDatabase": /^[a-z0-9_]{1,255}$/,
  "aws:glue/catalogTable:CatalogTable": /^[a-z0-9_]{1,255}$/,
  "aws:iam/role:Role": /^[\w+=,.@-]{1,64}$/,
  "aws:iam/rolePolicy:RolePolicy": /^[\w+=,.@-]{1,128}$/,
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": /^[a-zA-Z0-9_.-]{1,64}$/,
  "aws:kinesis/stream:Stream": /^[a-zA-Z0-9_.-]{1,128}$/,
  "aws:kms/alias:Alias": /^alias\/(?!aws\/)[a-zA-Z0-9:/_-]{1,249}$/,
  "aws:s3/bucket:Bucket": /^(?!xn--|sthree-)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3)$/,
  "aws:sns/topic:Topic": /^[a-zA-Z0-9_-]{1,256}$/,
};

describe("names", () => {
  it("are those that AWS takes, in every stack of sluice", async () => {
    for (const stack of ["dev", "prod", "local"]) {
      const { deployment } = await evaluateStack({ stack });
      for (const { type, inputs } of deployment.resources) {
        const pattern = accepted[type];
        const name = inputs[type === "aws:s3/bucket:Bucket" ? "bucket" : "name"];
        if (pattern) assert.match(String(name), pattern, `${stack} ${type}`);
      }
    }
  });

  it("are known before anything exists: ARNs built from names are those that AWS gives", async () => {
    const plan = await defaultPlan();
    const names = namesOf({
      ...program,
      account,
      region,
      partition: "aws",
      pipeline: "web",
      tableName: orders.tableName,
    });
    const given = (type: string, name?: string) => plan.find(type, name).outputs["arn"];
    assert.equal(names.stream.arn, given("aws:kinesis/stream:Stream"));
    assert.equal(
      names.deliveryStream.arn,
      given("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"),
    );
    assert.equal(names.lakeBucket.arn, given("aws:s3/bucket:Bucket", "web-lake"));
    assert.equal(names.resultsBucket.arn, given("aws:s3/bucket:Bucket", "web-results"));
    assert.equal(names.accessLogsBucket.arn, given("aws:s3/bucket:Bucket", "web-access-logs"));
    assert.equal(names.deliveryRole.arn, given("aws:iam/role:Role", "web-lake"));
    assert.equal(names.analystRole.arn, given("aws:iam/role:Role", "web-results"));
    assert.equal(names.database.arn, given("aws:glue/catalogDatabase:CatalogDatabase"));
    assert.equal(names.table.arn, given("aws:glue/catalogTable:CatalogTable"));
    assert.equal(names.workgroup.arn, given("aws:athena/workgroup:Workgroup"));
    assert.equal(names.logGroup.arn, given("aws:cloudwatch/logGroup:LogGroup"));
    assert.equal(names.alarmTopic.arn, given("aws:sns/topic:Topic"));
  });

  it("follow project, stack and dataset, in lower case", () => {
    const names = namesOf({ ...parts, project: "Shop" });
    assert.equal(names.stream.name, "shop-dev-web-orders");
    assert.equal(names.database.name, "shop_dev_web_orders");
    assert.equal(names.table.name, "web_orders");
    assert.equal(names.lakeBucket.name, "shop-dev-web-orders-lake-111122223333");
  });

  it("have ARNs of the partition that they are in", () => {
    const names = namesOf({ ...parts, region: "us-gov-west-1", partition: "aws-us-gov" });
    assert.equal(names.lakeBucket.arn, "arn:aws-us-gov:s3:::shop-dev-web-orders-lake-111122223333");
    assert.equal(
      names.deliveryRole.arn,
      "arn:aws-us-gov:iam::111122223333:role/shop-dev-web-orders-delivery",
    );
    assert.equal(
      names.stream.arn,
      "arn:aws-us-gov:kinesis:us-gov-west-1:111122223333:stream/shop-dev-web-orders",
    );
  });

  it("that get too long for AWS are refused with the name, the limit and what to do", () => {
    const longest = { ...parts, project: "p".repeat(24), stack: "s", pipeline: "d".repeat(11) };
    assert.equal(namesOf(longest).accessLogsBucket.name.length, 63);
    const tooLong = { ...longest, stack: "st" };
    const name = `${"p".repeat(24)}-st-${"d".repeat(11)}-access-logs-111122223333`;
    assert.throws(() => namesOf(tooLong), {
      message:
        `The bucket would be called "${name}" (64 characters): AWS takes 63 at most, ` +
        "matching ^[a-z0-9][a-z0-9.-]+[a-z0-9]$. Shorten the names of project, stack or pipeline.",
    });
    assert.throws(
      () => namesOf({ ...parts, project: "p".repeat(60) }),
      /^Error: The delivery stream would be called/,
    );
    assert.throws(
      () => namesOf({ ...parts, project: "p".repeat(120) }),
      /^Error: The stream would be called/,
    );
  });

  it("with characters that AWS refuses are refused", () => {
    assert.throws(
      () => namesOf({ ...parts, project: "shop_1" }),
      /^Error: The bucket would be called "shop_1-dev/,
    );
    assert.throws(
      () => namesOf({ ...parts, project: "shop.1" }),
      /^Error: The database would be called "shop\.1_dev/,
    );
  });

  it("that are refused end the program with that message", async () => {
    await assert.rejects(
      planPipeline({}, { project: "p".repeat(40) }),
      /would be called "p{40}-dev-web.*Shorten/,
    );
  });
});
