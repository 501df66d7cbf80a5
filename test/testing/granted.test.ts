import assert from "node:assert/strict";
import * as iam from "@pulumi/aws/iam/index.js";
import { athenaClient } from "../../athena/client/client.ts";
import { runNamedQuery } from "../../athena/client/run-named.ts";
import { EventPipeline } from "../../infra/event-pipeline.ts";
import { startAthena } from "../../local/athena/athena.ts";
import { ObjectStore } from "../../local/lake/object-store.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { orders, program, region } from "../infra/plan-pipeline.ts";
import { temporaryFolder } from "../local/temporary-folder.ts";

const perDay = {
  name: "per_day",
  description: "Orders.",
  sql: "-- name: per_day\n-- description: Orders.\nSELECT count(*) AS orders FROM orders WHERE dt >= '2026-11-01'",
};

interface Document {
  Statement: { Sid: string }[];
}

/** The plan without one statement of what was granted; all of it, when none is named. */
function without(plan: DeploymentDocument, sid?: string): DeploymentDocument {
  const changed = structuredClone(plan);
  const granted = changed.deployment.resources.filter(
    ({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && inputs["role"] === "report",
  );
  for (const { inputs } of granted) {
    const document = JSON.parse(String(inputs["policy"])) as Document;
    const Statement = document.Statement.filter(({ Sid }) => Sid !== sid);
    // IAM takes no policy without a statement.
    const rest =
      Statement.length > 0
        ? Statement
        : [{ Sid: "None", Effect: "Deny", Action: "s3:GetObject", Resource: "*" }];
    inputs["policy"] = JSON.stringify({ ...document, Statement: rest });
  }
  return changed;
}

describe("a role that may query", () => {
  const folder = temporaryFolder();
  let plan: DeploymentDocument;

  before(async () => {
    plan = await recordResources(program, () => {
      const pipeline = new EventPipeline("web", {
        dataset: orders,
        queries: [perDay],
        owner: "web",
        costCenter: "4711",
      });
      const Principal = { Service: "lambda.amazonaws.com" };
      const trust = {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
      };
      pipeline.grantQuery(
        new iam.Role("report", { name: "report", assumeRolePolicy: JSON.stringify(trust) }),
      );
    });
  });

  /** Runs the query in the emulator's Athena as the role. */
  async function ask(deployed: DeploymentDocument): Promise<unknown[]> {
    const objects = new ObjectStore(`${folder()}/lake`);
    const athena = await startAthena(deployed, { objects, stateFolder: folder() });
    const credentials = { accessKeyId: "report", secretAccessKey: "local" };
    const client = athenaClient({ region, endpoint: athena.endpoint, credentials });
    try {
      const where = { client, workgroup: "shop-dev-web", database: "shop_dev_web" };
      return await Array.fromAsync(await runNamedQuery("per_day", {}, where));
    } finally {
      client.destroy();
      await athena.close();
    }
  }

  it("runs a named query of the pipeline", async () => {
    assert.deepEqual(await ask(plan), [{ orders: 0 }]);
  });

  for (const [sid, action] of [
    ["Workgroup", "athena:"],
    ["ReadSchema", "glue:GetDatabase"],
    ["FindData", "s3:GetBucketLocation"],
    ["ListData", "s3:ListBucket"],
    ["FindResults", "s3:GetBucketLocation"],
    ["WriteResults", "s3:PutObject"],
    ["EncryptResults", "kms:GenerateDataKey"],
  ] as const) {
    it(`does not without the statement ${sid}`, async () => {
      await assert.rejects(
        ask(without(plan, sid)),
        new RegExp(`assumed-role/report/.*not authorized to perform: ${action}`),
      );
    });
  }
});
