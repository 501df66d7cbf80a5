import assert from "node:assert/strict";
import {
  account,
  backupPlan,
  barePlan,
  defaultPlan,
  planPipeline,
  type PipelinePlan,
} from "./plan-pipeline.ts";

const s3 = (type: string) => `aws:s3/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
const nameOfBucket = (purpose: string) => `shop-dev-web-${purpose}-${account}`;
const purposes = ["lake", "results", "backup", "access-logs"];

/** The rule of a bucket's lifecycle, without what every rule has. */
function lifecycle(plan: PipelinePlan, purpose: string): Record<string, unknown> {
  const { inputs } = plan.find(s3("BucketLifecycleConfiguration"), `web-${purpose}`);
  const [rule, ...more] = inputs["rules"] as Record<string, unknown>[];
  assert.deepEqual(more, []);
  const { id, status, filter, abortIncompleteMultipartUpload, ...rest } = rule ?? {};
  assert.deepEqual([id, status, filter], ["keep-and-expire", "Enabled", { prefix: "" }]);
  assert.deepEqual(abortIncompleteMultipartUpload, { daysAfterInitiation: 7 });
  return rest;
}

const noncurrentVersionExpiration = { noncurrentDays: 30 };
const afterDays = (days: number) => [{ days, storageClass: "STANDARD_IA" }];

describe("each bucket", () => {
  it("is private, without ACLs, and keeps old versions for a month", async () => {
    const plan = await backupPlan();
    for (const purpose of purposes) {
      const bucket = nameOfBucket(purpose);
      const inputs = (type: string) => plan.find(s3(type), `web-${purpose}`).inputs;
      assert.deepEqual(Object.keys(inputs("Bucket")).sort(), ["bucket", "forceDestroy", "tags"]);
      assert.equal(inputs("Bucket")["bucket"], bucket);
      assert.deepEqual(inputs("BucketPublicAccessBlock"), {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      assert.deepEqual(inputs("BucketOwnershipControls"), {
        bucket,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      });
      assert.deepEqual(inputs("BucketVersioning"), {
        bucket,
        versioningConfiguration: { status: "Enabled" },
      });
      assert.deepEqual(lifecycle(plan, purpose)["noncurrentVersionExpiration"], noncurrentVersionExpiration);
    }
  });

  it("keeps no versions where the settings say so", async () => {
    const plan = await barePlan();
    assert.deepEqual(plan.ofType(s3("BucketVersioning")), []);
    // Those of a bucket that once was versioned go all the same.
    const noncurrentVersionExpiration = { noncurrentDays: 30 };
    assert.deepEqual(lifecycle(plan, "results"), { expiration: { days: 30 }, noncurrentVersionExpiration });
  });

  it("is encrypted by the pipeline's key with a bucket key, the access logs by S3's own", async () => {
    const plan = await backupPlan();
    const rules = (purpose: string) =>
      plan.find(s3("BucketServerSideEncryptionConfiguration"), `web-${purpose}`).inputs["rules"];
    const kmsMasterKeyId = plan.find("aws:kms/key:Key").outputs["arn"];
    for (const purpose of ["lake", "results", "backup"]) {
      const byKey = { sseAlgorithm: "aws:kms", kmsMasterKeyId };
      assert.deepEqual(rules(purpose), [
        { applyServerSideEncryptionByDefault: byKey, bucketKeyEnabled: true },
      ]);
    }
    assert.deepEqual(rules("access-logs"), [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
  });

  it("has its requests logged in a folder of its own, but for the bucket of the logs", async () => {
    const plan = await backupPlan();
    const loggings = plan.ofType(s3("BucketLogging")).map(({ inputs }) => inputs);
    const expected = ["lake", "results", "backup"].map((purpose) => ({
      bucket: nameOfBucket(purpose),
      targetBucket: nameOfBucket("access-logs"),
      targetPrefix: `${purpose}Bucket/`,
    }));
    assert.deepEqual(
      loggings.sort((a, b) => (String(a["targetPrefix"]) < String(b["targetPrefix"]) ? -1 : 1)),
      expected.sort((a, b) => (a.targetPrefix < b.targetPrefix ? -1 : 1)),
    );
  });

  it("gets its policy after its public access block, and its lifecycle after its versions", async () => {
    const plan = await defaultPlan();
    for (const purpose of ["lake", "results", "access-logs"]) {
      const urn = (type: string) => plan.find(s3(type), `web-${purpose}`).urn;
      const needs = (type: string) => plan.find(s3(type), `web-${purpose}`).dependencies ?? [];
      assert.ok(needs("BucketPolicy").includes(urn("BucketPublicAccessBlock")));
      assert.ok(needs("BucketLifecycleConfiguration").includes(urn("BucketVersioning")));
    }
  });
});

describe("data moves and expires", () => {
  it("by default after 90 days to cheaper storage and never away; results go after 30, logs after 365", async () => {
    const plan = await backupPlan();
    const kept = { transitions: afterDays(90), noncurrentVersionExpiration };
    assert.deepEqual(lifecycle(plan, "lake"), kept);
    assert.deepEqual(lifecycle(plan, "backup"), kept);
    assert.deepEqual(lifecycle(plan, "results"), { expiration: { days: 30 }, noncurrentVersionExpiration });
    assert.deepEqual(lifecycle(plan, "access-logs"), {
      expiration: { days: 365 },
      noncurrentVersionExpiration,
    });
  });

  it("as the settings say", async () => {
    const settings = { dataExpiryDays: 400, infrequentAccessAfterDays: 30, resultExpiryDays: 7 };
    const plan = await planPipeline(settings);
    assert.deepEqual(lifecycle(plan, "lake"), {
      transitions: afterDays(30),
      expiration: { days: 400 },
      noncurrentVersionExpiration,
    });
    assert.deepEqual(lifecycle(plan, "results")["expiration"], { days: 7 });
  });

  it("without moving when it expires sooner than it would move by default", async () => {
    const plan = await planPipeline({ dataExpiryDays: 90 });
    assert.deepEqual(lifecycle(plan, "lake"), { expiration: { days: 90 }, noncurrentVersionExpiration });
    const later = await planPipeline({ dataExpiryDays: 91 });
    assert.deepEqual(lifecycle(later, "lake")["transitions"], afterDays(90));
  });
});
