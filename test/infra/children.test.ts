// These tests read plans: what the program declares. They do not prove that AWS accepts it, that a policy is enough for
// the service that uses it, or in which order an engine creates it; the first two need AWS, the last is in test/engine.
import assert from "node:assert/strict";
import { nameOf, type PlannedResource } from "../../plan/deployment.ts";
import { backupPlan, barePlan, defaultPlan, planPipeline } from "./plan-pipeline.ts";

const childrenByDefault = [
  "aws:athena/namedQuery:NamedQuery web-queries-per_day",
  "aws:athena/namedQuery:NamedQuery web-queries-top",
  "aws:athena/preparedStatement:PreparedStatement web-queries-per_day",
  "aws:athena/preparedStatement:PreparedStatement web-queries-top",
  "aws:athena/workgroup:Workgroup web-queries",
  "aws:cloudwatch/logGroup:LogGroup web-delivery",
  "aws:cloudwatch/logStream:LogStream web-delivery-data",
  "aws:cloudwatch/metricAlarm:MetricAlarm web-alarms-DeliveryToS3.DataFreshness",
  "aws:cloudwatch/metricAlarm:MetricAlarm web-alarms-FailedConversion.Records",
  "aws:cloudwatch/metricAlarm:MetricAlarm web-alarms-GetRecords.IteratorAgeMilliseconds",
  "aws:cloudwatch/metricAlarm:MetricAlarm web-alarms-KinesisMillisBehindLatest",
  "aws:glue/catalogDatabase:CatalogDatabase web-table",
  "aws:glue/catalogTable:CatalogTable web-table",
  "aws:iam/role:Role web-lake",
  "aws:iam/role:Role web-results",
  "aws:iam/rolePolicy:RolePolicy web-delivery-decrypt-stream",
  "aws:iam/rolePolicy:RolePolicy web-delivery-deliver",
  "aws:iam/rolePolicy:RolePolicy web-lake-use-key",
  "aws:iam/rolePolicy:RolePolicy web-lake-write-bucket",
  "aws:iam/rolePolicy:RolePolicy web-results-use-key",
  "aws:iam/rolePolicy:RolePolicy web-results-write-bucket",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream web-delivery",
  "aws:kinesis/stream:Stream web-stream",
  "aws:kms/alias:Alias web-key",
  "aws:kms/key:Key web-key",
  "aws:s3/bucket:Bucket web-access-logs",
  "aws:s3/bucket:Bucket web-lake",
  "aws:s3/bucket:Bucket web-results",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration web-access-logs",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration web-lake",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration web-results",
  "aws:s3/bucketLogging:BucketLogging web-lake",
  "aws:s3/bucketLogging:BucketLogging web-results",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls web-access-logs",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls web-lake",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls web-results",
  "aws:s3/bucketPolicy:BucketPolicy web-access-logs",
  "aws:s3/bucketPolicy:BucketPolicy web-lake",
  "aws:s3/bucketPolicy:BucketPolicy web-results",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock web-access-logs",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock web-lake",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock web-results",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration web-access-logs",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration web-lake",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration web-results",
  "aws:s3/bucketVersioning:BucketVersioning web-access-logs",
  "aws:s3/bucketVersioning:BucketVersioning web-lake",
  "aws:s3/bucketVersioning:BucketVersioning web-results",
  "aws:sns/topic:Topic web-alarms",
  "aws:sns/topicPolicy:TopicPolicy web-alarms",
  "sluice:pipeline:Alarms web-alarms",
  "sluice:pipeline:Delivery web-delivery",
  "sluice:pipeline:EncryptionKey web-key",
  "sluice:pipeline:EventPipeline web",
  "sluice:pipeline:EventStream web-stream",
  "sluice:pipeline:LakeBucket web-access-logs",
  "sluice:pipeline:LakeBucket web-lake",
  "sluice:pipeline:LakeBucket web-results",
  "sluice:pipeline:LakeTable web-table",
  "sluice:pipeline:QueryWorkgroup web-queries",
];

const listed = (children: readonly PlannedResource[]) =>
  children.map(({ type, urn }) => `${type} ${nameOf(urn)}`).sort();

describe("the children of a pipeline", () => {
  it("by default", async () => {
    assert.deepEqual(listed((await defaultPlan()).children), childrenByDefault);
  });

  it("with a raw backup are a bucket with its role and an error log more, with a mail a subscription", async () => {
    const bucket = "aws:s3/bucket";
    const more = [
      "aws:cloudwatch/logStream:LogStream web-delivery-backup",
      "aws:iam/role:Role web-backup",
      "aws:iam/rolePolicy:RolePolicy web-backup-use-key",
      "aws:iam/rolePolicy:RolePolicy web-backup-write-bucket",
      "aws:iam/rolePolicy:RolePolicy web-delivery-back-up",
      `${bucket}:Bucket web-backup`,
      `${bucket}LifecycleConfiguration:BucketLifecycleConfiguration web-backup`,
      `${bucket}Logging:BucketLogging web-backup`,
      `${bucket}OwnershipControls:BucketOwnershipControls web-backup`,
      `${bucket}Policy:BucketPolicy web-backup`,
      `${bucket}PublicAccessBlock:BucketPublicAccessBlock web-backup`,
      `${bucket}ServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration web-backup`,
      `${bucket}Versioning:BucketVersioning web-backup`,
      "aws:sns/topicSubscription:TopicSubscription web-alarms",
      "sluice:pipeline:LakeBucket web-backup",
    ];
    assert.deepEqual(listed((await backupPlan()).children), [...childrenByDefault, ...more].sort());
  });

  it("without alarms, access logs, versions and queries are less", async () => {
    const gone = /alarms|access-logs|BucketLogging|BucketVersioning|web-queries-/;
    const left = childrenByDefault.filter((child) => !gone.test(child));
    assert.equal(left.length, childrenByDefault.length - 23);
    assert.deepEqual(listed((await barePlan()).children), left);
  });

  it("lie below the part that they belong to, and the parts below the pipeline", async () => {
    const { children } = await defaultPlan();
    const parentOf = ({ parent }: PlannedResource) => children.find(({ urn }) => urn === parent);
    for (const child of children) {
      const parent = parentOf(child);
      if (child.type === "sluice:pipeline:EventPipeline") {
        assert.equal(child.parent, "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
      } else if (!child.custom) {
        assert.equal(parent?.type, "sluice:pipeline:EventPipeline", child.urn);
      } else {
        assert.ok(parent && !parent.custom && nameOf(child.urn).startsWith(nameOf(parent.urn)), child.urn);
        assert.equal(
          child.urn,
          `urn:pulumi:dev::shop::sluice:pipeline:EventPipeline$${parent.type}$${child.type}::${nameOf(child.urn)}`,
        );
      }
    }
  });

  it("are protected, and kept when not empty, as the settings say", async () => {
    const protectedIn = (children: readonly PlannedResource[]) =>
      children.filter(({ custom, protect }) => custom && protect).map(({ type }) => type);
    assert.deepEqual(protectedIn((await defaultPlan()).children), []);
    const kept = await planPipeline({ protect: true });
    const types = protectedIn(kept.children);
    for (const type of ["aws:kms/key:Key", "aws:kinesis/stream:Stream"]) assert.ok(types.includes(type));
    assert.equal(types.filter((type) => type === "aws:s3/bucket:Bucket").length, 3);
    const stateless = /athena|cloudwatch|sns|glue|firehose/;
    assert.deepEqual(
      types.filter((type) => stateless.test(type)),
      [],
    );

    const destroyable = (plan: typeof kept) => [
      ...plan.ofType("aws:s3/bucket:Bucket").map(({ inputs }) => inputs["forceDestroy"]),
      plan.find("aws:athena/workgroup:Workgroup").inputs["forceDestroy"],
      plan.find("aws:kinesis/stream:Stream").inputs["enforceConsumerDeletion"],
    ];
    assert.deepEqual(destroyable(kept), [false, false, false, false, false]);
    assert.deepEqual(destroyable(await planPipeline({ forceDestroy: true })), [true, true, true, true, true]);
  });
});
