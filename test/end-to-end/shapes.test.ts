import assert from "node:assert/strict";
import type { JobReport } from "../../cli/start/report.ts";
import { esModules, inProgramFolder, ordersDataset } from "../helpers/program-folder.ts";
import { runCli } from "../helpers/run-cli.ts";

const queries = `
const queries = [{
  name: "amounts",
  description: "What orders cost.",
  sql: "-- name: amounts\\n-- description: What orders cost.\\nSELECT sum(amount) AS total FROM orders\\n",
}];
`;
const imports = `import * as aws from "@pulumi/aws";\nimport * as sluice from "sluice";\n${ordersDataset}${queries}`;
const events = ["a", "b"]
  .map((id) => `{"order_id":"${id}","ordered_at":"2026-11-20T10:00:00Z","amount":1.5}\n`)
  .join("");

const shapes: [string, Record<string, string>, string][] = [
  [
    "a pipeline in another region than the first one",
    {
      ...esModules,
      "index.ts": `${imports}
        new sluice.EventPipeline("orders", { ...owned, queries });
        const provider = new aws.Provider("us", { region: "us-east-1" });
        new sluice.EventPipeline("orders-us", { ...owned, queries }, { provider });`,
    },
    "orders-us",
  ],
  [
    "a pipeline in a component, of a CommonJS program, not exported",
    {
      "package.json": "{}",
      "index.ts": `import * as pulumi from "@pulumi/pulumi";\n${imports}
        class Shop extends pulumi.ComponentResource {
          constructor(name: string) {
            super("demo:index:Shop", name);
            new sluice.EventPipeline("web", { ...owned, queries }, { parent: this });
          }
        }
        new Shop(require("node:path").basename(__dirname));`,
    },
    "web",
  ],
];

describe("sluice start runs", () => {
  for (const [what, files, pipeline] of shapes) {
    it(what, () =>
      inProgramFolder({ ...files, "orders.ndjson": events }, async (cwd) => {
        const args = ["start", "--pipeline", pipeline, "--input", "orders.ndjson", "--json"];
        const { exitCode, stdout, stderr } = await runCli(args, { cwd });
        assert.equal(exitCode, 0, stderr);
        const report = JSON.parse(stdout) as JobReport;
        assert.deepEqual(
          [report.pipeline, report.events, report.queries],
          [pipeline, { sent: 2, delivered: 2, failed: 0 }, { amounts: [{ total: 3 }] }],
        );
      }),
    ).timeout(60_000);
  }
});
