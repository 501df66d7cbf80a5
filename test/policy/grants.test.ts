import assert from "node:assert/strict";
import * as iam from "@pulumi/aws/iam/index.js";
import { EventPipeline } from "../../infra/event-pipeline.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { orders, program } from "../infra/plan-pipeline.ts";
import { openOwnPacks } from "./own-packs.ts";

describe("A program whose roles may send and query", () => {
  it("raises no rule at prod's levels", async () => {
    const plan = await recordResources({ ...program, stack: "prod" }, () => {
      const args = { owner: "web", costCenter: "4711", protect: true, retentionHours: 168 };
      const pipeline = new EventPipeline("web", { ...args, dataset: orders });
      const direct = new EventPipeline("app", {
        ...args,
        retentionHours: undefined,
        dataset: orders,
        source: "DIRECT_PUT",
      });
      const roleFor = (name: string) => {
        const Principal = { Service: "lambda.amazonaws.com" };
        const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }];
        return new iam.Role(name, {
          name,
          assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement }),
          tags: {
            project: "shop",
            environment: "prod",
            owner: "web",
            "cost-center": "4711",
            "data-classification": "internal",
            pipeline: "web",
          },
        });
      };
      const backend = roleFor("backend");
      pipeline.grantSend(backend);
      direct.grantSend(backend);
      pipeline.grantQuery(roleFor("report"));
    });
    const granted = resourcesOfType(plan, "aws:iam/rolePolicy:RolePolicy").map(({ urn }) => urn);
    assert.equal(granted.filter((urn) => /-(send|query)-/.test(urn)).length, 5);
    await using packs = await openOwnPacks("prod");
    const { violations } = await packs.evaluate(plan);
    assert.deepEqual(
      violations.filter(({ urn }) => granted.includes(urn ?? "") || /iam\/role:Role::/.test(urn ?? "")),
      [],
    );
  });
});
