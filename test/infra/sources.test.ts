import assert from "node:assert/strict";
import { nameOf } from "../../plan/deployment.ts";
import { settingProblems, statementsOf } from "./setting-problems.ts";
import { account, defaultPlan, planPipeline, region, type PipelinePlan } from "./plan-pipeline.ts";

const childrenOf = (plan: PipelinePlan) =>
  plan.children.map(({ type, urn }) => `${type} ${nameOf(urn)}`).sort();

/** What a plan has more and less than the default one. */
async function difference(plan: PipelinePlan): Promise<{ more: string[]; less: string[] }> {
  const [before, after] = [childrenOf(await defaultPlan()), childrenOf(plan)];
  return {
    more: after.filter((child) => !before.includes(child)),
    less: before.filter((child) => !after.includes(child)),
  };
}

const withoutStream = [
  "aws:cloudwatch/metricAlarm:MetricAlarm web-alarms-GetRecords.IteratorAgeMilliseconds",
  "aws:cloudwatch/metricAlarm:MetricAlarm web-alarms-KinesisMillisBehindLatest",
  "aws:iam/rolePolicy:RolePolicy web-delivery-decrypt-stream",
  "aws:kinesis/stream:Stream web-stream",
  "sluice:pipeline:EventStream web-stream",
];
const deliveryStreamArn = `arn:aws:firehose:${region}:${account}:deliverystream/shop-dev-web`;
const deliveryInputs = (plan: PipelinePlan) =>
  plan.find("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream").inputs;
const trustOf = (plan: PipelinePlan, name: string) =>
  (
    JSON.parse(String(plan.find("aws:iam/role:Role", name).inputs["assumeRolePolicy"])) as {
      Statement: unknown;
    }
  ).Statement;

describe("a pipeline with Direct PUT", () => {
  let plan: PipelinePlan;
  before(async () => {
    plan = await planPipeline({ source: "DIRECT_PUT" });
  });

  it("has no stream, nothing that reads one, and no alarm about one", async () => {
    assert.deepEqual(await difference(plan), { more: [], less: withoutStream });
    const policies = JSON.stringify(plan.children.map(({ inputs }) => inputs));
    assert.doesNotMatch(policies, /kinesis:|iterator-age|behind-latest/);
    assert.ok(!("streamName" in plan.find("sluice:pipeline:EventPipeline").outputs));
  });

  it("is encrypted by the pipeline's key in Firehose itself", () => {
    const inputs = deliveryInputs(plan);
    assert.ok(!("kinesisSourceConfiguration" in inputs));
    assert.deepEqual(inputs["serverSideEncryption"], {
      enabled: true,
      keyType: "CUSTOMER_MANAGED_CMK",
      keyArn: plan.find("aws:kms/key:Key").outputs["arn"],
    });
  });
});

describe("a pipeline of a log group's messages", () => {
  let plan: PipelinePlan;
  before(async () => {
    plan = await planPipeline({
      source: "CLOUDWATCH_LOGS",
      logGroupName: "/ecs/shop",
      logFilterPattern: "{ $.OrderId = * }",
    });
  });

  it("has a subscription more than one with Direct PUT", async () => {
    assert.deepEqual(await difference(plan), {
      more: [
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter web-subscription",
        "aws:iam/role:Role web-subscription",
        "aws:iam/rolePolicy:RolePolicy web-subscription",
        "sluice:pipeline:LogSubscription web-subscription",
      ],
      less: withoutStream,
    });
  });

  it("unpacks what CloudWatch Logs sends", () => {
    const { processingConfiguration } = deliveryInputs(plan)["extendedS3Configuration"] as Record<
      string,
      unknown
    >;
    assert.deepEqual(processingConfiguration, {
      enabled: true,
      processors: [
        {
          type: "Decompression",
          parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }],
        },
        {
          type: "CloudWatchLogProcessing",
          parameters: [{ parameterName: "DataMessageExtraction", parameterValue: "true" }],
        },
      ],
    });
  });

  it("lets CloudWatch Logs put that log group's messages on its delivery stream, and nothing else", () => {
    assert.deepEqual(statementsOf(plan, "web-subscription"), [
      {
        Sid: "PutOnDeliveryStream",
        Effect: "Allow",
        Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        Resource: deliveryStreamArn,
      },
    ]);
    assert.deepEqual(trustOf(plan, "web-subscription"), [
      {
        Sid: "SubscribedLogGroup",
        Effect: "Allow",
        Principal: { Service: "logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:log-group:/ecs/shop:*` },
        },
      },
    ]);
  });

  it("subscribes when the role may put and the delivery stream is there", () => {
    const filter = plan.find("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter");
    assert.deepEqual(filter.inputs, {
      name: "shop-dev-web",
      logGroup: "/ecs/shop",
      filterPattern: "{ $.OrderId = * }",
      destinationArn: deliveryStreamArn,
      roleArn: `arn:aws:iam::${account}:role/shop-dev-web-subscription`,
    });
    const waitsFor = filter.dependencies?.map((urn) => nameOf(urn));
    assert.ok(waitsFor?.includes("web-subscription") && waitsFor.includes("web-delivery"));
  });
});

describe("a pipeline with a rule of AWS IoT", () => {
  const children = [
    "aws:cloudwatch/logGroup:LogGroup web-iot",
    "aws:iam/role:Role web-iot",
    "aws:iam/rolePolicy:RolePolicy web-iot-encrypt-on-stream",
    "aws:iam/rolePolicy:RolePolicy web-iot-put-events",
    "aws:iot/topicRule:TopicRule web-iot",
    "sluice:pipeline:IotRule web-iot",
  ];
  const logArn = `arn:aws:logs:${region}:${account}:log-group:/aws/iot/shop-dev-web`;
  const writeErrors = {
    Sid: "WriteErrors",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    Resource: [logArn, `${logArn}:log-stream:*`],
  };

  it("puts the messages of its topics on the stream, by a role of its own", async () => {
    const plan = await planPipeline({ iotTopicFilter: "shop/+/orders" });
    assert.deepEqual(await difference(plan), { more: children, less: [] });
    const rule = plan.find("aws:iot/topicRule:TopicRule").inputs;
    const roleArn = `arn:aws:iam::${account}:role/shop-dev-web-iot`;
    assert.equal(rule["sql"], "SELECT * FROM 'shop/+/orders'");
    assert.deepEqual(rule["kineses"], [
      { streamName: "shop-dev-web", roleArn, partitionKey: "${newuuid()}" },
    ]);
    assert.deepEqual(rule["errorAction"], {
      cloudwatchLogs: { logGroupName: "/aws/iot/shop-dev-web", roleArn },
    });
    assert.deepEqual(statementsOf(plan, "web-iot-put-events"), [
      {
        Sid: "PutOnStream",
        Effect: "Allow",
        Action: ["kinesis:PutRecord"],
        Resource: `arn:aws:kinesis:${region}:${account}:stream/shop-dev-web`,
      },
      writeErrors,
    ]);
    assert.deepEqual(trustOf(plan, "web-iot"), [
      {
        Sid: "IotRule",
        Effect: "Allow",
        Principal: { Service: "iot.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnEquals: { "aws:SourceArn": `arn:aws:iot:${region}:${account}:rule/shop_dev_web` },
        },
      },
    ]);
  });

  it("puts them on the delivery stream where there is no stream", async () => {
    const plan = await planPipeline({ iotTopicFilter: "shop/#", source: "DIRECT_PUT" });
    const rule = plan.find("aws:iot/topicRule:TopicRule").inputs;
    assert.ok(!("kineses" in rule));
    assert.deepEqual(rule["firehoses"], [
      {
        deliveryStreamName: "shop-dev-web",
        roleArn: `arn:aws:iam::${account}:role/shop-dev-web-iot`,
        separator: "\n",
      },
    ]);
    assert.deepEqual(statementsOf(plan, "web-iot-put-events"), [
      {
        Sid: "PutOnDeliveryStream",
        Effect: "Allow",
        Action: ["firehose:PutRecord"],
        Resource: deliveryStreamArn,
      },
      writeErrors,
    ]);
  });
});

describe("settings of a source are refused", () => {
  const logs = { source: "CLOUDWATCH_LOGS", logGroupName: "/ecs/shop" };
  const refused: [string, object, string][] = [
    ["that does not exist", { source: "MSK" }, 'source: "MSK" - KINESIS, DIRECT_PUT or CLOUDWATCH_LOGS'],
    [
      "about a stream",
      { ...logs, streamMode: "ON_DEMAND" },
      'streamMode: "ON_DEMAND" - set only where source',
    ],
    ["about shards", { source: "DIRECT_PUT", shardCount: 1 }, "shardCount: 1 - set only where source"],
    ["about retention", { source: "DIRECT_PUT", retentionHours: 24 }, "retentionHours: 24 - set only where"],
    ["without a log group", { source: "CLOUDWATCH_LOGS" }, "logGroupName: not set - CLOUDWATCH_LOGS needs"],
    [
      "with a log group for a stream",
      { logGroupName: "/a" },
      'logGroupName: "/a" - set only where source is',
    ],
    [
      "with a filter for a stream",
      { logFilterPattern: "x" },
      'logFilterPattern: "x" - set only where source',
    ],
    ["with a log group of no name", { ...logs, logGroupName: "a b" }, 'logGroupName: "a b" - 1-512 letters'],
    ["with IoT beside logs", { ...logs, iotTopicFilter: "a/b" }, 'iotTopicFilter: "a/b" - not with CLOUD'],
    ["with a topic of no name", { iotTopicFilter: "a'/b" }, `iotTopicFilter: "a'/b" - an MQTT topic filter`],
    ["with # in the middle", { iotTopicFilter: "a/#/b" }, 'iotTopicFilter: "a/#/b" - an MQTT topic filter'],
    ["with too long a pattern", { ...logs, logFilterPattern: "x".repeat(1025) }, "1024 characters or less"],
  ];
  for (const [which, given, expected] of refused) {
    it(which, () => {
      const problems = settingProblems(given);
      assert.ok(problems.includes(expected), problems);
    });
  }
});
