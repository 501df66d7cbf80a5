import assert from "node:assert/strict";
import { nameOf } from "../../plan/deployment.ts";
import {
  account,
  backupPlan,
  defaultPlan,
  planPipeline,
  region,
  type PipelinePlan,
} from "./plan-pipeline.ts";

const stream = "aws:kinesis/stream:Stream";
const firehose = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const role = (purpose: string) => `arn:aws:iam::${account}:role/shop-dev-web-${purpose}`;
const bucketArn = (purpose: string) => `arn:aws:s3:::shop-dev-web-${purpose}-${account}`;
const tags = {
  project: "shop",
  environment: "dev",
  owner: "web-team",
  "cost-center": "4711",
  "data-classification": "internal",
  pipeline: "web",
};

const destination = (plan: PipelinePlan) =>
  plan.find(firehose).inputs["extendedS3Configuration"] as Record<string, unknown>;

/** The resources that one of them waits for, as type and name. */
const waitsFor = (plan: PipelinePlan, type: string, name?: string) =>
  (plan.find(type, name).dependencies ?? [])
    .map((urn) => `${plan.resources.find((resource) => resource.urn === urn)?.type} ${nameOf(urn)}`)
    .sort();

describe("the stream", () => {
  it("is encrypted by the pipeline's key, on demand and kept for a day by default, without shards", async () => {
    const plan = await defaultPlan();
    assert.deepEqual(plan.find(stream).inputs, {
      name: "shop-dev-web",
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 24,
      encryptionType: "KMS",
      kmsKeyId: plan.find("aws:kms/key:Key").outputs["arn"],
      enforceConsumerDeletion: false,
      tags,
    });
  });

  it("has shards when it is provisioned", async () => {
    const { inputs } = (await backupPlan()).find(stream);
    assert.deepEqual([inputs["streamModeDetails"], inputs["shardCount"]], [{ streamMode: "PROVISIONED" }, 2]);
  });
});

describe("the delivery stream", () => {
  it("turns JSON from the stream into Parquet by the table, in the dataset's zone and prefix", async () => {
    assert.deepEqual((await defaultPlan()).find(firehose).inputs, {
      name: "shop-dev-web",
      destination: "extended_s3",
      kinesisSourceConfiguration: {
        kinesisStreamArn: `arn:aws:kinesis:${region}:${account}:stream/shop-dev-web`,
        roleArn: role("delivery"),
      },
      extendedS3Configuration: {
        roleArn: role("delivery"),
        bucketArn: bucketArn("lake"),
        prefix: "data/dt=!{timestamp:yyyy-MM-dd-HH}/",
        errorOutputPrefix: "errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd-HH}/",
        customTimeZone: "Europe/Berlin",
        bufferingSize: 128,
        bufferingInterval: 300,
        compressionFormat: "UNCOMPRESSED",
        dataFormatConversionConfiguration: {
          enabled: true,
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
          outputFormatConfiguration: { serializer: { parquetSerDe: { compression: "SNAPPY" } } },
          schemaConfiguration: {
            databaseName: "shop_dev_web",
            tableName: "orders",
            roleArn: role("delivery"),
            region,
          },
        },
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: "/aws/kinesisfirehose/shop-dev-web",
          logStreamName: "DestinationDelivery",
        },
      },
      tags,
    });
  });

  it("has no processors, no backup, no encryption of its own and no key on its objects by default", async () => {
    const plan = await defaultPlan();
    for (const absent of ["processingConfiguration", "s3BackupMode", "s3BackupConfiguration", "kmsKeyArn"]) {
      assert.equal(absent in destination(plan), false, absent);
    }
    assert.equal("serverSideEncryption" in plan.find(firehose).inputs, false);
  });

  it("follows the settings", async () => {
    const settings = {
      bufferingSizeMiB: 64,
      bufferingIntervalSeconds: 60,
      parquetCompression: "GZIP",
    } as const;
    const { bufferingSize, bufferingInterval, dataFormatConversionConfiguration } = destination(
      await planPipeline(settings),
    );
    assert.deepEqual([bufferingSize, bufferingInterval], [64, 60]);
    const { outputFormatConfiguration } = dataFormatConversionConfiguration as Record<string, unknown>;
    assert.deepEqual(outputFormatConfiguration, { serializer: { parquetSerDe: { compression: "GZIP" } } });
  });

  it("keeps the records as they came, by a role of its own and never without buffering, when asked to", async () => {
    const { s3BackupMode, s3BackupConfiguration, bufferingInterval } = destination(await backupPlan());
    assert.deepEqual([s3BackupMode, bufferingInterval], ["Enabled", 0]);
    assert.deepEqual(s3BackupConfiguration, {
      roleArn: role("backup"),
      bucketArn: bucketArn("backup"),
      prefix: "raw/dt=!{timestamp:yyyy-MM-dd}/",
      errorOutputPrefix: "errors/!{firehose:error-output-type}/",
      bufferingSize: 128,
      bufferingInterval: 60,
      compressionFormat: "GZIP",
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: "/aws/kinesisfirehose/shop-dev-web",
        logStreamName: "BackupDelivery",
      },
    });
  });

  it("waits for stream, bucket, table, error log and every policy of its role", async () => {
    const always = [
      "aws:cloudwatch/logGroup:LogGroup web-delivery",
      "aws:cloudwatch/logStream:LogStream web-delivery-data",
      "aws:glue/catalogDatabase:CatalogDatabase web-table",
      "aws:glue/catalogTable:CatalogTable web-table",
      "aws:iam/rolePolicy:RolePolicy web-delivery-decrypt-stream",
      "aws:iam/rolePolicy:RolePolicy web-delivery-deliver",
      "aws:iam/rolePolicy:RolePolicy web-lake-use-key",
      "aws:iam/rolePolicy:RolePolicy web-lake-write-bucket",
      "aws:kinesis/stream:Stream web-stream",
      "aws:s3/bucket:Bucket web-lake",
    ];
    assert.deepEqual(waitsFor(await defaultPlan(), firehose), always);
    const more = [
      "aws:cloudwatch/logStream:LogStream web-delivery-backup",
      "aws:iam/rolePolicy:RolePolicy web-backup-use-key",
      "aws:iam/rolePolicy:RolePolicy web-backup-write-bucket",
      "aws:iam/rolePolicy:RolePolicy web-delivery-back-up",
      "aws:s3/bucket:Bucket web-backup",
    ];
    assert.deepEqual(waitsFor(await backupPlan(), firehose), [...always, ...more].sort());
  });

  it("writes an error log that is encrypted and expires", async () => {
    const plan = await defaultPlan();
    assert.deepEqual(plan.find("aws:cloudwatch/logGroup:LogGroup").inputs, {
      name: "/aws/kinesisfirehose/shop-dev-web",
      retentionInDays: 90,
      kmsKeyId: plan.find("aws:kms/key:Key").outputs["arn"],
      tags,
    });
  });
});

describe("the key", () => {
  it("is rotated and deleted only after a month", async () => {
    const { policy: _policy, ...inputs } = (await defaultPlan()).find("aws:kms/key:Key").inputs;
    assert.deepEqual(inputs, {
      description: "Encrypts shop-dev-web",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags,
    });
    assert.equal((await defaultPlan()).find("aws:kms/alias:Alias").inputs["name"], "alias/shop-dev-web");
  });
});

describe("the alarms", () => {
  const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
  const thresholds = (plan: PipelinePlan): Record<string, unknown> =>
    Object.fromEntries(
      plan.ofType(alarm).map(({ inputs }) => [String(inputs["metricName"]), inputs["threshold"]] as const),
    );

  it("go off on late events, on a stream that is read too slowly and on failed conversions", async () => {
    const plan = await defaultPlan();
    const topic = `arn:aws:sns:${region}:${account}:shop-dev-web-alarms`;
    const { inputs } = plan.find(alarm, "web-alarms-DeliveryToS3.DataFreshness");
    assert.deepEqual(inputs, {
      name: "shop-dev-web-delivery-freshness",
      alarmDescription: "Events wait in Firehose for much longer than its buffering interval.",
      namespace: "AWS/Firehose",
      metricName: "DeliveryToS3.DataFreshness",
      dimensions: { DeliveryStreamName: "shop-dev-web" },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 2,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 900,
      treatMissingData: "notBreaching",
      actionsEnabled: true,
      alarmActions: [topic],
      okActions: [topic],
      tags,
    });
    const iteratorAge = plan.find(alarm, "web-alarms-GetRecords.IteratorAgeMilliseconds").inputs;
    assert.deepEqual(iteratorAge["dimensions"], { StreamName: "shop-dev-web" });
    assert.deepEqual(thresholds(plan), {
      "DeliveryToS3.DataFreshness": 900,
      KinesisMillisBehindLatest: 900_000,
      "FailedConversion.Records": 0,
      "GetRecords.IteratorAgeMilliseconds": 21_600_000,
    });
  });

  it("follow how long events may wait", async () => {
    const slow = thresholds(await planPipeline({ bufferingIntervalSeconds: 900, retentionHours: 168 }));
    assert.equal(slow["DeliveryToS3.DataFreshness"], 2700);
    assert.equal(slow["GetRecords.IteratorAgeMilliseconds"], 151_200_000);
  });

  it("are sent through an encrypted topic, to a mail address where one is given", async () => {
    const plan = await backupPlan();
    assert.equal(
      plan.find("aws:sns/topic:Topic").inputs["kmsMasterKeyId"],
      plan.find("aws:kms/key:Key").outputs["arn"],
    );
    assert.deepEqual(plan.find("aws:sns/topicSubscription:TopicSubscription").inputs, {
      topic: `arn:aws:sns:${region}:${account}:shop-dev-web-alarms`,
      protocol: "email",
      endpoint: "web@example.com",
    });
  });
});
