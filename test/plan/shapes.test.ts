import assert from "node:assert/strict";
import { nameOf, type DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { pipelinesOf } from "../../pipelines/from-plan.ts";
import { esModules, inProgramFolder, ordersDataset } from "../helpers/program-folder.ts";

const esImports =
  'import * as pulumi from "@pulumi/pulumi";\nimport * as aws from "@pulumi/aws";\nimport * as sluice from "sluice";\n';
const es = `${esImports}${ordersDataset}`;
const requires =
  'const pulumi = require("@pulumi/pulumi");\nconst aws = require("@pulumi/aws");\nconst sluice = require("sluice");\n';
const commonJs = `${requires}${ordersDataset}`;
/** The usual template of Pulumi: TypeScript, and a package.json that says nothing of modules. */
const template = {
  "package.json": '{"name":"demo","main":"index.ts","devDependencies":{"typescript":"^5.0.0"}}',
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      strict: true,
      outDir: "bin",
      target: "es2020",
      module: "commonjs",
      moduleResolution: "node",
      experimentalDecorators: true,
    },
    files: ["index.ts"],
  }),
};

interface Shape {
  what: string;
  files: Record<string, string | undefined>;
  /** Name and region of each pipeline. */
  pipelines: [string, string][];
  /** The stack's outputs, where they matter. */
  outputs?: unknown;
}

const here: [string, string] = ["orders", "eu-central-1"];
const shapes: Shape[] = [
  {
    what: "one pipeline that is not exported",
    files: { ...esModules, "index.ts": `${es}new sluice.EventPipeline("orders", owned);` },
    pipelines: [here],
    outputs: {},
  },
  {
    what: "several pipelines of one dataset, exported under names of the program's own",
    files: {
      ...esModules,
      "index.ts": `${es}
        export const first = new sluice.EventPipeline("web", owned).streamName;
        export const second = { table: new sluice.EventPipeline("shop", owned).tableName };`,
    },
    pipelines: [
      ["web", "eu-central-1"],
      ["shop", "eu-central-1"],
    ],
    outputs: { first: "demo-local-web", second: { table: "orders" } },
  },
  {
    what: "pipelines in several regions, by provider and by providers",
    files: {
      ...esModules,
      "index.ts": `${es}
        const us = new aws.Provider("us", { region: "us-east-1" });
        const asia = new aws.Provider("asia", { region: "ap-southeast-1" });
        new sluice.EventPipeline("orders", owned);
        new sluice.EventPipeline("orders-us", owned, { provider: us });
        new sluice.EventPipeline("orders-asia", owned, { providers: { aws: asia } });`,
    },
    pipelines: [here, ["orders-us", "us-east-1"], ["orders-asia", "ap-southeast-1"]],
  },
  {
    what: "a provider whose region is an Output",
    files: {
      ...esModules,
      "index.ts": `${es}
        const bucket = new aws.s3.Bucket("b", { bucket: "us-west-2" });
        const provider = new aws.Provider("west", { region: bucket.bucket });
        new sluice.EventPipeline("orders", owned, { provider });`,
    },
    pipelines: [["orders", "us-west-2"]],
  },
  {
    what: "a pipeline inside of another component, which has the provider",
    files: {
      ...esModules,
      "index.ts": `${es}
        class Shop extends pulumi.ComponentResource {
          constructor(name, opts) {
            super("demo:index:Shop", name, {}, opts);
            new sluice.EventPipeline("orders", owned, { parent: this });
          }
        }
        new Shop("shop", { providers: [new aws.Provider("us", { region: "us-east-1" })] });`,
    },
    pipelines: [["orders", "us-east-1"]],
  },
  {
    what: "a default export that is an async function, in an ES module",
    files: {
      ...esModules,
      "index.ts": `${es}
        export default async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return { stream: new sluice.EventPipeline("orders", owned).streamName };
        };`,
    },
    pipelines: [here],
    outputs: { stream: "demo-local-orders" },
  },
  {
    what: "top-level await, and JavaScript",
    files: {
      ...esModules,
      "index.js": `${es}
        await new Promise((resolve) => setTimeout(resolve, 20));
        new sluice.EventPipeline("orders", owned);`,
    },
    pipelines: [here],
  },
  {
    what: "the usual CommonJS template: no endings in imports, __dirname, an enum",
    files: {
      ...template,
      "kind.ts": 'export enum Kind { Web = "web" }\nexport const place: string = __dirname;\n',
      "index.ts": `${es}
        import { Kind, place } from "./kind";
        new sluice.EventPipeline(Kind.Web, owned);
        export const samePlace = place === __dirname && require("node:path").basename(__filename) === "index.ts";`,
    },
    pipelines: [["web", "eu-central-1"]],
    outputs: { samePlace: true },
  },
  {
    what: "export = an async function, in CommonJS",
    files: {
      ...template,
      "index.ts": `${es}
        export = async () => ({ stream: new sluice.EventPipeline("orders", owned).streamName });`,
    },
    pipelines: [here],
    outputs: { stream: "demo-local-orders" },
  },
  {
    what: "JavaScript in CommonJS, without any package.json",
    files: {
      "index.js": `${commonJs}module.exports = { name: new sluice.EventPipeline("orders", owned).streamName };`,
    },
    pipelines: [here],
    outputs: { name: "demo-local-orders" },
  },
  {
    what: "TypeScript that Node runs as it is, where Pulumi.yaml switches compiling off",
    files: {
      "Pulumi.yaml": "name: demo\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "package.json": '{"main":"index.ts"}',
      "index.ts": `${es}new sluice.EventPipeline("orders", owned as typeof owned);`,
    },
    pipelines: [here],
  },
  {
    what: "main in package.json only, below the project's folder, which stays the working directory",
    files: {
      "package.json": '{"type":"module","main":"src/program.ts"}',
      "src/program.ts": `${es}import { existsSync } from "node:fs";
        new sluice.EventPipeline("orders", owned);
        export const isThere = existsSync("Pulumi.yaml");`,
    },
    pipelines: [here],
    outputs: { isThere: true },
  },
  {
    what: "an entry point in exports, without its ending",
    files: {
      "package.json": '{"exports":{".":{"types":"./x.d.ts","default":"./src/program"}},"main":"missing.js"}',
      "src/program.js": `${commonJs}new sluice.EventPipeline("orders", owned);`,
    },
    pipelines: [here],
  },
  {
    what: "a main in package.json that is not there, beside an index.ts",
    files: {
      "package.json": '{"type":"module","main":"index.js"}',
      "index.ts": `${es}new sluice.EventPipeline("orders", owned);`,
    },
    pipelines: [here],
  },
  {
    what: "main that is a folder, which is the working directory",
    files: {
      "Pulumi.yaml": "name: demo\nruntime: nodejs\nmain: infra/\n",
      ...esModules,
      "infra/index.ts": `${es}import { existsSync } from "node:fs";
        new sluice.EventPipeline("orders", owned);
        export const isThere = existsSync("index.ts");`,
    },
    pipelines: [here],
    outputs: { isThere: true },
  },
  {
    what: "a pipeline that another module of the program declares when it is imported",
    files: {
      ...esModules,
      "index.ts": 'import "./orders.ts";',
      "orders.ts": `${es}new sluice.EventPipeline("orders", owned);`,
    },
    pipelines: [here],
  },
  {
    what: "the same in CommonJS",
    files: {
      ...template,
      "index.ts": 'import "./orders";',
      "orders.ts": `${es}new sluice.EventPipeline("orders", owned);`,
    },
    pipelines: [here],
  },
];

const outputsOf = (plan: DeploymentDocument) =>
  plan.deployment.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;

const urnsOf = (plan: DeploymentDocument) => plan.deployment.resources.map(({ urn }) => urn);

describe("a program can be", () => {
  for (const { what, files, pipelines, outputs } of shapes) {
    it(what, () =>
      inProgramFolder(files, async (folder) => {
        const plan = await evaluateStack({ stack: "local", folder });
        assert.deepEqual(
          pipelinesOf(plan).map(({ name, region }) => [name, region]),
          pipelines,
        );
        if (outputs !== undefined) assert.deepEqual(outputsOf(plan), outputs);
        // A second evaluation runs all of the program's modules anew.
        assert.deepEqual(urnsOf(await evaluateStack({ stack: "local", folder })), urnsOf(plan));
      }),
    ).timeout(60_000);
  }
});

describe("where a program deploys to", () => {
  const evaluated = (program: string, unknowns = false) =>
    inProgramFolder({ ...esModules, "index.ts": `${es}${program}` }, (folder) =>
      evaluateStack({ stack: "local", folder, unknowns }),
    );

  it("is told by each call's provider: region, account, partition; else by the stack's", async () => {
    const plan = await evaluated(`
      const roleArn = "arn:aws-us-gov:iam::222222222222:role/deployer";
      const gov = new aws.Provider("gov", { region: "us-gov-west-1", assumeRoles: [{ roleArn }] });
      const confined = new aws.Provider("confined", { region: "us-east-1", allowedAccountIds: ["333333333333"] });
      const profile = new aws.Provider("profile", { profile: "dev" });
      export const said = Object.fromEntries(Object.entries({ none: undefined, gov, confined, profile }).map(([name, provider]) => [
        name,
        pulumi.all([
          aws.getCallerIdentityOutput({}, { provider }).accountId,
          aws.getRegionOutput({}, { provider }).region,
          aws.getPartitionOutput({}, { provider }).partition,
        ]),
      ]));`);
    assert.deepEqual(outputsOf(plan)?.["said"], {
      none: ["000000000000", "eu-central-1", "aws"],
      gov: ["222222222222", "us-gov-west-1", "aws-us-gov"],
      confined: ["333333333333", "us-east-1", "aws"],
      profile: ["000000000000", "eu-central-1", "aws"],
    });
  });

  it("stands in the ARNs of its resources", async () => {
    const plan = await evaluated(`
      const provider = new aws.Provider("us", { region: "us-east-1" });
      export const arns = [
        new aws.sns.Topic("there", { name: "there" }, { provider }).arn,
        new aws.sns.Topic("here", { name: "here" }).arn,
        new aws.sns.Topic("own", { name: "own", region: "eu-west-1" }).arn,
      ];`);
    assert.deepEqual(outputsOf(plan)?.["arns"], [
      "arn:aws:sns:us-east-1:000000000000:there",
      "arn:aws:sns:eu-central-1:000000000000:here",
      "arn:aws:sns:eu-west-1:000000000000:own",
    ]);
  });

  it("is unknown in a preview where the provider's region is, and no name says undefined", async () => {
    const plan = await evaluated(
      `const key = new aws.kms.Key("key", {});
       const provider = new aws.Provider("west", { region: key.keyId });
       new sluice.EventPipeline("orders", owned, { provider });`,
      true,
    );
    assert.doesNotMatch(JSON.stringify(plan), /undefined/);
    assert.ok(plan.deployment.resources.some(({ urn }) => nameOf(urn) === "orders-delivery"));
  });
});
