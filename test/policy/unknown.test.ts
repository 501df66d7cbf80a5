import assert from "node:assert/strict";
import { glueTableColumnar } from "../../policy/cost/rules/glue-table-columnar.ts";
import { s3Encryption } from "../../policy/security/rules/s3-encryption.ts";
import { s3PublicAccessBlock } from "../../policy/security/rules/s3-public-access-block.ts";
import { unknownValue } from "../../plan/deployment.ts";
import { absent, edited } from "./edits.ts";
import { bucketWith, companion, table } from "./fixtures.ts";
import { evaluateBy } from "./evaluating.ts";

const encrypted = bucketWith({
  key: { type: "aws:kms/key:Key", props: {} },
  encryption: {
    ...companion("bucketServerSideEncryptionConfiguration", {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }],
    }),
    from: { bucket: ["lake"], rules: ["key"] },
  },
});

describe("What is not known", () => {
  it("is said of a property that a preview leaves out, since a part of it came from a resource", () => {
    const before = process.env["PULUMI_NODEJS_DRY_RUN"];
    process.env["PULUMI_NODEJS_DRY_RUN"] = "true";
    try {
      const { violations, unknown } = evaluateBy(
        s3Encryption,
        edited(encrypted, { "encryption/props/rules": absent }),
      );
      assert.deepEqual(violations, []);
      assert.deepEqual(unknown, [
        'lake: cannot be evaluated before the deployment: "rules" is not known yet',
      ]);
    } finally {
      if (before === undefined) delete process.env["PULUMI_NODEJS_DRY_RUN"];
      else process.env["PULUMI_NODEJS_DRY_RUN"] = before;
    }
  });

  it("after a deployment is nothing: what is not there is unset", () => {
    const { violations } = evaluateBy(s3Encryption, edited(encrypted, { "encryption/props/rules": absent }));
    assert.deepEqual(violations, ["lake: the encryption configuration has no rule"]);
  });

  it("of one resource does not keep the others from being evaluated", () => {
    const subjects = {
      ...bucketWith({ block: companion("bucketPublicAccessBlock", { blockPublicAcls: unknownValue }) }),
      open: { type: "aws:s3/bucket:Bucket", props: { bucket: "open" } },
    };
    const { violations, unknown } = evaluateBy(s3PublicAccessBlock, subjects);
    assert.ok(violations.includes("open: no BucketPublicAccessBlock names this bucket"));
    assert.deepEqual(unknown, [
      'lake: cannot be evaluated before the deployment: "blockPublicAcls" is not known yet',
    ]);
  });

  it("of one check does not keep the others from being evaluated", () => {
    const edits = { "table/props/storageDescriptor/location": unknownValue, "table/props/partitionKeys": [] };
    const { violations, unknown } = evaluateBy(glueTableColumnar, edited({ table }, edits));
    assert.deepEqual(violations, ["table: partitionKeys is empty: every query scans the whole table"]);
    assert.equal(unknown.length, 1);
  });

  it("of a companion's bucket makes no bucket one without it", () => {
    const block = { ...companion("bucketPublicAccessBlock", { bucket: unknownValue }), from: {} };
    const { violations, unknown } = evaluateBy(s3PublicAccessBlock, bucketWith({ block }));
    assert.deepEqual(violations, []);
    assert.match(unknown.join(), /which bucket a resource of the stack configures is not known yet/);
  });
});

describe("A value of an unexpected form", () => {
  it("is a violation that does not repeat it, and keeps no other check from being evaluated", () => {
    const { violations } = evaluateBy(
      glueTableColumnar,
      edited(
        { table },
        {
          "table/props/parameters/projection.enabled": { x: "hunter2" },
          "table/props/storageDescriptor/location": "x",
        },
      ),
    );
    assert.ok(violations.includes("table: storageDescriptor.location is no s3:// folder"));
    assert.match(violations.join("\n"), /cannot be evaluated, a value has an unexpected form \(TypeError\)/);
    assert.doesNotMatch(violations.join(), /hunter2/);
  });
});
