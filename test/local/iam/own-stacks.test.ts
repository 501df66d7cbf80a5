import assert from "node:assert/strict";
import { queryCalls, readResultCalls } from "../../../local/iam/athena-calls.ts";
import { createAuthorizer } from "../../../local/iam/authorizer.ts";
import { firehoseCalls } from "../../../local/iam/firehose-calls.ts";
import type { DeploymentDocument } from "../../../plan/deployment.ts";
import { evaluateStack } from "../../../plan/evaluate.ts";
import { requiredString, resourcesOfType } from "../../../plan/resources.ts";

const text = (plan: DeploymentDocument, type: string, input: string) =>
  resourcesOfType(plan, type).map((resource) => requiredString(resource, input));

for (const stack of ["local", "prod"]) {
  describe(`the stack ${stack}`, () => {
    let plan: DeploymentDocument;
    before(async () => {
      plan = await evaluateStack({ stack });
    });

    it("lets Firehose deliver", () => {
      const streams = text(plan, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "name");
      assert.notEqual(streams.length, 0);
      for (const stream of streams) createAuthorizer(plan).authorizeAll(firehoseCalls(plan, stream));
    });

    it("lets analysts run queries in their workgroup, about their table", () => {
      const analysts = text(plan, "aws:iam/role:Role", "name").filter((name) => name.endsWith("-analyst"));
      assert.notEqual(analysts.length, 0);
      for (const role of analysts) {
        const workgroup = role.replace(/-analyst$/, "");
        const database = workgroup.replaceAll("-", "_");
        const [table = ""] = resourcesOfType(plan, "aws:glue/catalogTable:CatalogTable")
          .filter(({ inputs }) => inputs["databaseName"] === database)
          .map((resource) => requiredString(resource, "name"));
        const [location = ""] = resourcesOfType(plan, "aws:athena/workgroup:Workgroup")
          .filter(({ inputs }) => inputs["name"] === workgroup)
          .map(({ inputs }) => /s3:\/\/[^"]+/.exec(JSON.stringify(inputs))?.[0]);
        const resultLocation = `${location}id.csv`;
        const query = { workgroup, tables: [{ database, table }], prepared: true, resultLocation };
        const analyst = { plan, role };
        const { authorizeAll, authorize } = createAuthorizer(plan);
        authorizeAll([...queryCalls(analyst, query), ...readResultCalls(analyst, workgroup, resultLocation)]);
        const elsewhere = { ...query, workgroup: "primary" };
        assert.throws(() => authorizeAll(queryCalls(analyst, elsewhere)), /athena:StartQueryExecution/);
        const throughAthena = queryCalls(analyst, query).find(({ action }) => action === "s3:GetObject");
        assert.ok(throughAthena);
        const { context: _context, ...direct } = throughAthena;
        assert.equal(authorize(direct).decision, "implicitDeny");
      }
    });
  });
}
