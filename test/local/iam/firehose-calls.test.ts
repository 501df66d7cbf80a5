import assert from "node:assert/strict";
import { AccessDenied } from "../../../local/iam/access-denied.ts";
import { createAuthorizer } from "../../../local/iam/authorizer.ts";
import { firehoseCalls, putObjectCalls, readStreamCalls } from "../../../local/iam/firehose-calls.ts";
import { account, planOf, policyText, role, roleArn, type Declared } from "./plan-of.ts";
import {
  deliveryStatements,
  glue,
  keyArn,
  samplePipeline,
  streamArn,
  type SampleChanges,
} from "./sample-pipeline.ts";

const evaluate = (changes: SampleChanges = {}) => {
  const plan = samplePipeline(changes);
  createAuthorizer(plan).authorizeAll(firehoseCalls(plan, "clicks"));
};
const actions = (changes: SampleChanges) =>
  firehoseCalls(samplePipeline(changes), "clicks").map((call) =>
    "action" in call ? call.action : "sts:AssumeRole",
  );

describe("what Firehose calls", () => {
  it("is allowed by the permissions that its guide lists", () => {
    evaluate();
  });

  for (const [name, action, resource] of [
    ["stream", "kinesis:DescribeStream", streamArn],
    ["streamKey", "kms:Decrypt", keyArn],
    ["schema", "glue:GetTable", `${glue}:catalog`],
    ["bucket", "s3:GetBucketLocation", "arn:aws:s3:::lake"],
    ["objects", "s3:PutObject", "arn:aws:s3:::lake/data/dt=any/object"],
    ["bucketKey", "kms:GenerateDataKey", keyArn],
    ["log", "logs:PutLogEvents", "arn:aws:logs:eu-west-1:123456789012:log-group:/clicks:log-stream:delivery"],
  ] as const) {
    it(`is denied without the permission for the ${name}`, () => {
      const { [name]: _left, ...others } = deliveryStatements;
      assert.throws(
        () => evaluate({ delivery: Object.values(others) }),
        (error: AccessDenied) =>
          error instanceof AccessDenied &&
          error.message ===
            `User: arn:aws:sts::${account}:assumed-role/delivery/sluice is not authorized to perform: ${action} ` +
              `on resource: ${resource} because no identity-based policy allows the ${action} action`,
      );
    });
  }

  for (const action of Object.values(deliveryStatements).flatMap(({ Action }) => Action)) {
    it(`includes ${action}`, () => {
      assert.ok(actions({}).includes(action));
    });
  }

  it("needs catalog, database and table for a schema", () => {
    const schema = { ...deliveryStatements.schema, Resource: `${glue}:table/web/clicks` };
    assert.throws(
      () => evaluate({ delivery: Object.values({ ...deliveryStatements, schema }) }),
      /glue:GetTable on resource: .*:catalog/,
    );
  });

  it("includes no schema, log, stream or key where there is none", () => {
    const destination = {
      dataFormatConversionConfiguration: { ...conversion, enabled: false },
      cloudwatchLoggingOptions: { enabled: false },
    };
    assert.ok(!actions({ destination }).some((action) => /^(glue|logs):/.test(action)));
    const direct = planOf(...role("delivery"), [
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      "d",
      {
        name: "d",
        region: "eu-west-1",
        extendedS3Configuration: { roleArn: roleArn("delivery"), bucketArn: "arn:aws:s3:::plain" },
      },
    ]);
    const called = new Set(
      firehoseCalls(direct, "d").map((call) => ("action" in call ? call.action.split(":")[0] : "sts")),
    );
    assert.deepEqual([...called], ["sts", "s3"]);
  });

  it("includes no key that AWS manages", () => {
    const managed: Declared = [
      "aws:kinesis/stream:Stream",
      "s",
      { name: "s", encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" },
    ];
    const stream: Declared = [
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      "d",
      {
        name: "d",
        kinesisSourceConfiguration: {
          kinesisStreamArn: streamArn.replace("clicks", "s"),
          roleArn: roleArn("delivery"),
        },
        extendedS3Configuration: { roleArn: roleArn("delivery"), bucketArn: "arn:aws:s3:::plain" },
      },
    ];
    const calls = readStreamCalls(planOf(managed, stream, ...role("delivery")), "d");
    assert.ok(calls.every(({ action }) => action.startsWith("kinesis:")));
  });

  it("includes functions and the backup, with the backup's role", () => {
    const LambdaArn = `arn:aws:lambda:eu-west-1:${account}:function:clean:$LATEST`;
    const destination = {
      processingConfiguration: {
        enabled: true,
        processors: [
          { type: "Lambda", parameters: [{ parameterName: "LambdaArn", parameterValue: LambdaArn }] },
          { type: "AppendDelimiterToRecord" },
        ],
      },
      s3BackupMode: "Enabled",
      s3BackupConfiguration: { roleArn: roleArn("backup"), bucketArn: "arn:aws:s3:::backup", prefix: "raw/" },
    };
    const calls = firehoseCalls(samplePipeline({ destination, more: role("backup") }), "clicks");
    const found = calls.map((call) =>
      "action" in call ? `${call.action} ${call.resource} ${call.role}` : `assume ${call.role}`,
    );
    assert.ok(found.includes(`lambda:InvokeFunction ${LambdaArn} ${roleArn("delivery")}`));
    assert.ok(found.includes(`s3:PutObject arn:aws:s3:::backup/raw/object ${roleArn("backup")}`));
    assert.deepEqual(
      found.filter((call) => call.startsWith("assume")),
      [`assume ${roleArn("delivery")}`, `assume ${roleArn("backup")}`],
    );
  });

  it("asks for the declared key, and names it in the request", () => {
    const plan = samplePipeline({ destination: { kmsKeyArn: keyArn } });
    const put = putObjectCalls(plan, "clicks", "data", "data/a").find(
      ({ action }) => action === "s3:PutObject",
    );
    assert.deepEqual(put?.context, {
      "s3:x-amz-server-side-encryption": "aws:kms",
      "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn,
    });
  });

  it("has the object as encryption context where the bucket has no bucket key", () => {
    const more: Declared[] = [
      [
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "b",
        {
          bucket: "backup",
          rules: [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn } },
          ],
        },
      ],
    ];
    const destination = { bucketArn: "arn:aws:s3:::backup" };
    const calls = putObjectCalls(samplePipeline({ destination, more }), "clicks", "data", "data/a");
    const use = calls.find(({ action }) => action === "kms:GenerateDataKey");
    assert.equal(use?.context?.["kms:EncryptionContext:aws:s3:arn"], "arn:aws:s3:::backup/data/a");
  });

  it("is denied for a key outside of the granted folders", () => {
    const plan = samplePipeline();
    const { authorizeAll } = createAuthorizer(plan);
    authorizeAll(putObjectCalls(plan, "clicks", "error", "errors/processing-failed/a"));
    assert.throws(
      () => authorizeAll(putObjectCalls(plan, "clicks", "data", "other/a")),
      /s3:PutObject on resource: arn:aws:s3:::lake\/other\/a/,
    );
  });

  it("is denied when the bucket's policy denies it", () => {
    const policy = policyText({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: "*",
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    });
    const evaluateStrictly = (destination: SampleChanges["destination"] = {}) => {
      const plan = samplePipeline({ destination });
      for (const { type, inputs } of plan.deployment.resources) {
        if (type === "aws:s3/bucketPolicy:BucketPolicy") inputs["policy"] = policy;
      }
      createAuthorizer(plan).authorizeAll(firehoseCalls(plan, "clicks"));
    };
    assert.throws(
      () => evaluateStrictly(),
      /s3:PutObject .* with an explicit deny in a resource-based policy$/,
    );
    evaluateStrictly({ kmsKeyArn: keyArn });
  });

  it("is denied when Firehose may not assume the role", () => {
    const plan = samplePipeline();
    const declared = plan.deployment.resources.find(
      ({ type, inputs }) => type === "aws:iam/role:Role" && inputs["name"] === "delivery",
    );
    assert.ok(declared);
    declared.inputs["assumeRolePolicy"] = policyText({
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    assert.throws(
      () => createAuthorizer(plan).authorizeAll(firehoseCalls(plan, "clicks")),
      /^AccessDenied: User: firehose.amazonaws.com is not authorized to perform: sts:AssumeRole because no role trust policy allows the sts:AssumeRole action$/,
    );
  });

  it("of what is not declared is an error", () => {
    assert.throws(
      () => firehoseCalls(samplePipeline(), "orders"),
      /no delivery stream "orders". Its delivery streams: clicks\./,
    );
    assert.throws(
      () => putObjectCalls(samplePipeline(), "clicks", "backup", "a"),
      /"clicks" has no S3 backup/,
    );
    assert.throws(
      () => firehoseCalls(samplePipeline({ destination: { roleArn: "" } }), "clicks"),
      /FirehoseDeliveryStream "clicks":\n.*\n.*extendedS3Configuration.roleArn/,
    );
    assert.throws(
      () => firehoseCalls(samplePipeline({ destination: { kmsKeyArn: "alias/other" } }), "clicks"),
      /no KMS alias "alias\/other"/,
    );
    assert.throws(
      () => firehoseCalls(samplePipeline({ destination: { kmsKeyArn: "2" } }), "clicks"),
      /no KMS key "2"/,
    );
  });
});

const conversion = {
  schemaConfiguration: { databaseName: "web", tableName: "clicks", roleArn: roleArn("delivery") },
};
