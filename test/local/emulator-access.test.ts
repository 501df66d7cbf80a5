import assert from "node:assert/strict";
import { startEmulator } from "../../local/emulator.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { inTemporaryFolder } from "../helpers/run-cli.ts";

interface Statement {
  Sid: string;
  Action: string[];
}

/** The `local` plan after a change of one policy of the click stream's delivery role. */
async function planWithout(policyName: string, change: (statements: Statement[]) => Statement[]) {
  const plan = structuredClone(await evaluateStack({ stack: "local" }));
  const policy = plan.deployment.resources.find(
    ({ type, urn }) =>
      type === "aws:iam/rolePolicy:RolePolicy" && urn.endsWith(`::clickstream-${policyName}`),
  );
  assert.ok(policy, `no policy clickstream-${policyName}`);
  const document = JSON.parse(String(policy.inputs["policy"])) as { Statement: Statement[] };
  policy.inputs["policy"] = JSON.stringify({ ...document, Statement: change(document.Statement) });
  return plan;
}

function startOf(plan: DeploymentDocument): Promise<unknown> {
  return inTemporaryFolder(async (stateFolder) => (await startEmulator(plan, { stateFolder })).close());
}

describe("the emulator's access control", () => {
  it("a delivery role that may not write to the lake fails the deployment in AWS's words", async () => {
    const plan = await planWithout("lake-write-bucket", (statements) =>
      statements.map((statement) => ({
        ...statement,
        Action: statement.Action.filter((action) => action !== "s3:PutObject"),
      })),
    );
    await assert.rejects(startOf(plan), {
      name: "DeploymentError",
      message:
        /^Delivery stream "sluice-local-clickstream": User: .*assumed-role\/sluice-local-clickstream-delivery\/.* is not authorized to perform: s3:PutObject on resource: .* because no identity-based policy allows/,
    });
  });

  it("a delivery role that may not read the table's schema fails it", async () => {
    const plan = await planWithout("delivery-deliver", (statements) =>
      statements.filter(({ Sid }) => Sid !== "ReadSchema"),
    );
    await assert.rejects(startOf(plan), { message: /not authorized to perform: glue:GetTable on resource/ });
  });

  it("a delivery role that may not decrypt the stream fails it", async () => {
    const plan = await planWithout("delivery-decrypt-stream", () => []);
    await assert.rejects(startOf(plan), { message: /not authorized to perform: kms:Decrypt on resource/ });
  });

  it("the plan as it is declared starts", () => evaluateStack({ stack: "local" }).then(startOf));
});
