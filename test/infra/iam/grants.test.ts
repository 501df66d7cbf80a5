import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as iam from "@pulumi/aws/iam/index.js";
import { EventPipeline, type EventPipelineArgs } from "../../../infra/event-pipeline.ts";
import type { GrantedRole, GrantOptions } from "../../../infra/grant.ts";
import { nameOf } from "../../../plan/deployment.ts";
import { recordResources } from "../../../plan/evaluate.ts";
import { createAuthorizer } from "../../../local/iam/authorizer.ts";
import { putRecordsCalls } from "../../../local/iam/api-gateway-calls.ts";
import { account, orders, PipelinePlan, program, region } from "../plan-pipeline.ts";
import { arn, statementsOf } from "./statements.ts";

type Use = (pipeline: EventPipeline, role: iam.Role) => unknown;

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** A pipeline `web` of orders and a role `backend`, whose name is another, and what a test does with them. */
async function planOf(use: Use, args: Partial<EventPipelineArgs> = {}) {
  const document = await recordResources(program, () => {
    const all = { dataset: orders, owner: "web-team", costCenter: "4711", ...args };
    use(
      new EventPipeline("web", all),
      new iam.Role("backend", { name: "shop-backend", assumeRolePolicy: trust }),
    );
  });
  const plan = new PipelinePlan(document);
  const granted = plan
    .ofType("aws:iam/rolePolicy:RolePolicy")
    .filter(({ inputs }) => inputs["role"] === "shop-backend");
  return { document, plan, granted };
}

const throughKinesis = {
  StringEquals: {
    "kms:ViaService": `kinesis.${region}.amazonaws.com`,
    "kms:EncryptionContext:aws:kinesis:arn": arn("kinesis", "stream/shop-dev-web"),
  },
};

describe("a grant to send", () => {
  it("puts records on the stream and has its key encrypt them, and nothing else", async () => {
    const { plan, granted } = await planOf((pipeline, role) => pipeline.grantSend(role));
    assert.deepEqual(
      granted.map((policy) => [nameOf(policy.urn), policy.inputs["name"], statementsOf(policy)]),
      [
        [
          "web-send-backend",
          "shop-dev-web-send",
          [
            {
              Sid: "PutOnStream",
              Effect: "Allow",
              Action: ["kinesis:PutRecord", "kinesis:PutRecords"],
              Resource: arn("kinesis", "stream/shop-dev-web"),
            },
          ],
        ],
        [
          "web-send-backend-key",
          "shop-dev-web-send-key",
          [
            {
              Sid: "EncryptOnStream",
              Effect: "Allow",
              Action: ["kms:GenerateDataKey"],
              Resource: plan.find("aws:kms/key:Key").outputs["arn"],
              Condition: throughKinesis,
            },
          ],
        ],
      ],
    );
    const component = plan.find("sluice:pipeline:EventPipeline");
    assert.deepEqual(new Set(granted.map(({ parent }) => parent)), new Set([component.urn]));
  });

  it("with DIRECT_PUT puts records on the delivery stream, without a key", async () => {
    const { granted } = await planOf((pipeline, role) => pipeline.grantSend(role), { source: "DIRECT_PUT" });
    assert.deepEqual(
      granted.map((policy) => statementsOf(policy)),
      [
        [
          {
            Sid: "PutOnDeliveryStream",
            Effect: "Allow",
            Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
            Resource: arn("firehose", "deliverystream/shop-dev-web"),
          },
        ],
      ],
    );
  });

  it("is refused where events come from CloudWatch Logs", async () => {
    const fromLogs = { source: "CLOUDWATCH_LOGS", logGroupName: "/shop" } as const;
    await assert.rejects(
      planOf((pipeline, role) => pipeline.grantSend(role), fromLogs),
      /EventPipeline "web": grantSend, but its source is CLOUDWATCH_LOGS: .*Set source KINESIS or DIRECT_PUT/,
    );
  });

  it("allows each call of the producer, and without one of its statements it does not", async () => {
    const { document, granted } = await planOf((pipeline, role) => pipeline.grantSend(role));
    const calls = putRecordsCalls(document, {
      roleArn: `arn:aws:iam::${account}:role/shop-backend`,
      action: "PutRecords",
      region,
      streamName: "shop-dev-web",
    }).filter((call) => !("principal" in call));
    assert.equal(calls.length, 2);
    createAuthorizer(document).authorizeAll(calls);
    const denied = [/perform: kinesis:PutRecords on resource/, /perform: kms:GenerateDataKey on resource/];
    for (const [index, policy] of granted.entries()) {
      const without = structuredClone(document);
      without.deployment.resources = without.deployment.resources.filter(({ urn }) => urn !== policy.urn);
      assert.throws(() => createAuthorizer(without).authorizeAll(calls), denied[index] ?? /nothing/);
    }
  });
});

describe("a grant to query", () => {
  it("has the statements of the analyst role, word for word", async () => {
    const { plan, granted } = await planOf((pipeline, role) => pipeline.grantQuery(role));
    const analyst = ["web-results-write-bucket", "web-results-use-key"].map((name) =>
      statementsOf(plan.find("aws:iam/rolePolicy:RolePolicy", name)),
    );
    assert.deepEqual(
      granted.map((policy) => statementsOf(policy)),
      analyst,
    );
    assert.deepEqual(
      granted.map((policy) => [nameOf(policy.urn), policy.inputs["name"]]),
      [
        ["web-query-backend", "shop-dev-web-query"],
        ["web-query-backend-key", "shop-dev-web-query-key"],
      ],
    );
  });

  it("to both leaves room in a role for a second pipeline, as IAM counts", async () => {
    const { granted } = await planOf((pipeline, role) => [
      pipeline.grantQuery(role),
      pipeline.grantSend(role),
    ]);
    assert.equal(granted.length, 4);
    const characters = granted.reduce((sum, { inputs }) => sum + String(inputs["policy"]).length, 0);
    assert.ok(characters * 2 < 10_240, String(characters));
  });
});

describe("the role of a grant", () => {
  const rolesOf = async (role: GrantedRole, options?: GrantOptions) => {
    const { plan } = await planOf((pipeline) => pipeline.grantSend(role, options));
    return plan
      .ofType("aws:iam/rolePolicy:RolePolicy")
      .filter(({ urn }) => nameOf(urn).startsWith("web-send"))
      .map((policy) => [nameOf(policy.urn), policy.inputs["role"]]);
  };

  it("is named by its name, or by an Output of it with a name for the grant", async () => {
    assert.deepEqual(await rolesOf("api"), [
      ["web-send-api", "api"],
      ["web-send-api-key", "api"],
    ]);
    assert.deepEqual(await rolesOf(pulumi.output("api"), { name: "own" }), [
      ["web-send-own", "api"],
      ["web-send-own-key", "api"],
    ]);
  });

  it("is no Output alone, and no ARN", async () => {
    await assert.rejects(
      rolesOf(pulumi.output("api")),
      /EventPipeline "web": the name of the role that may send is not known yet, .* \{ name: "backend" \}/,
    );
    const roleArn = `arn:aws:iam::${account}:role/api`;
    const noArn = /a grant to the role "arn:aws:iam::111122223333:role\/api".*not by its ARN/;
    await assert.rejects(rolesOf(roleArn), noArn);
    await assert.rejects(rolesOf(pulumi.output(roleArn), { name: "own" }), noArn);
  });
});
