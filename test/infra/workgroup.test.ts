import assert from "node:assert/strict";
import { nameOf } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { queriesOf } from "../../athena/named-query/library.ts";
import { account, barePlan, defaultPlan, queries } from "./plan-pipeline.ts";

const named = "aws:athena/namedQuery:NamedQuery";
const prepared = "aws:athena/preparedStatement:PreparedStatement";

describe("the workgroup", () => {
  it("enforces its limit, its results bucket and their encryption", async () => {
    const plan = await defaultPlan();
    const { tags: _tags, ...inputs } = plan.find("aws:athena/workgroup:Workgroup").inputs;
    assert.deepEqual(inputs, {
      name: "shop-dev-web",
      description: "Questions to shop-dev-web",
      forceDestroy: false,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: 107_374_182_400,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: `s3://shop-dev-web-results-${account}/shop-dev-web/`,
          encryptionConfiguration: {
            encryptionOption: "SSE_KMS",
            kmsKeyArn: plan.find("aws:kms/key:Key").outputs["arn"],
          },
        },
      },
    });
  });

  it("offers each query as a named query and as a prepared statement", async () => {
    const plan = await defaultPlan();
    for (const { name, description, sql } of queries) {
      assert.deepEqual(plan.find(named, `web-queries-${name}`).inputs, {
        name,
        description,
        database: "shop_dev_web",
        query: sql,
        workgroup: "shop-dev-web",
      });
      assert.deepEqual(plan.find(prepared, `web-queries-${name}`).inputs, {
        name,
        description,
        queryStatement: sql,
        workgroup: "shop-dev-web",
      });
    }
  });

  it("offers none when none is given", async () => {
    const plan = await barePlan();
    assert.deepEqual([...plan.ofType(named), ...plan.ofType(prepared)], []);
  });
});

describe("the queries of sluice's own stacks", () => {
  it("are all of a dataset's library, in texts and under names that Athena takes", async () => {
    const { deployment } = await evaluateStack({ stack: "dev" });
    for (const dataset of ["access-log", "clickstream", "risk-event"]) {
      const ofType = (type: string) =>
        deployment.resources.filter(
          (resource) => resource.type === type && nameOf(resource.urn).startsWith(`${dataset}-queries-`),
        );
      const library = queriesOf({ name: dataset })
        .map(({ name }) => name)
        .sort();
      assert.ok(library.length >= 5, dataset);
      for (const type of [named, prepared]) {
        assert.deepEqual(
          ofType(type)
            .map(({ inputs }) => inputs["name"])
            .sort(),
          library,
        );
      }
      for (const { inputs } of [...ofType(named), ...ofType(prepared)]) {
        // The limits: a prepared statement's name, a description, a query (Athena API).
        assert.match(String(inputs["name"]), /^[a-zA-Z_][a-zA-Z0-9_@:]{1,256}$/);
        const description = String(inputs["description"]);
        assert.ok(description.length >= 1 && description.length <= 1024, description);
        const sql = String(inputs["query"] ?? inputs["queryStatement"]);
        assert.ok(sql.length >= 1 && Buffer.byteLength(sql) <= 262_144);
      }
    }
  });
});
