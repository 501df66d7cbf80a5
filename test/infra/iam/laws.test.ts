import { nameOf } from "../../../plan/deployment.ts";
import assert from "node:assert/strict";
import { backupPlan, barePlan, defaultPlan, type PipelinePlan } from "../plan-pipeline.ts";
import { bucketArn, statementsOf, tlsOnly } from "./statements.ts";

describe("in every policy of a pipeline", () => {
  const policyInputs = ["policy", "assumeRolePolicy"];
  let plans: PipelinePlan[];

  /** All statements, with the resource that has them. */
  const everywhere = () =>
    plans.flatMap((plan) =>
      plan.children.flatMap((resource) =>
        policyInputs
          .filter((input) => typeof resource.inputs[input] === "string")
          .flatMap((input) => statementsOf(resource, input).map((statement) => ({ resource, statement }))),
      ),
    );

  before(async () => {
    plans = await Promise.all([defaultPlan(), backupPlan(), barePlan()]);
  });

  it("an action or a principal with a wildcard stands only where requests without TLS are denied", () => {
    const wild = everywhere().filter(({ statement }) =>
      JSON.stringify([statement.Action, statement.Principal]).includes("*"),
    );
    assert.ok(wild.length > 0);
    for (const { resource, statement } of wild) {
      assert.equal(resource.type, "aws:s3/bucketPolicy:BucketPolicy");
      assert.deepEqual(statement, tlsOnly(nameOf(resource.urn).slice("web-".length)));
    }
  });

  it("every resource is named, but for lists and in a key's own policy", () => {
    const anything = everywhere().filter(({ statement }) => [statement.Resource].flat().includes("*"));
    assert.deepEqual(
      [...new Set(anything.map(({ resource, statement }) => `${resource.type} ${statement.Sid}`))].sort(),
      [
        "aws:iam/rolePolicy:RolePolicy ListOnly",
        "aws:kms/key:Key AccountAdministersAndDelegates",
        "aws:kms/key:Key EncryptAlarms",
        "aws:kms/key:Key EncryptErrorLog",
      ],
    );
  });

  it("each role writes one bucket, and each bucket has one role that writes", () => {
    for (const plan of plans) {
      const pairs = plan.ofType("aws:iam/rolePolicy:RolePolicy").flatMap((resource) =>
        statementsOf(resource)
          .filter(({ Action }) => [Action].flat().some((action) => /^s3:(Put|Delete|Abort)/.test(action)))
          .flatMap(({ Resource }) => [Resource].flat())
          .map((target) => [resource.inputs["role"], target?.split("/")[0]] as const),
      );
      const distinct = [...new Set(pairs.map((pair) => pair.join(" ")))].sort();
      const backup = plan === plans[1] ? [`shop-dev-web-backup ${bucketArn("backup")}`] : [];
      assert.deepEqual(
        distinct,
        [
          `shop-dev-web-analyst ${bucketArn("results")}`,
          `shop-dev-web-delivery ${bucketArn("lake")}`,
          ...backup,
        ].sort(),
      );
    }
  });
});
