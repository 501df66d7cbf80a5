import assert from "node:assert/strict";
import { chmod, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { stackPipelines } from "../../pipelines/from-stack.ts";
import { PipelineError } from "../../pipelines/pipeline.ts";
import { inTemporaryFolder } from "../helpers/run-cli.ts";

const parts = {
  region: "eu-central-1",
  streamName: "demo-prod-web",
  deliveryStreamName: "demo-prod-web",
  lakeBucketName: "demo-prod-web-lake",
  databaseName: "demo_prod_web",
  tableName: "clicks",
  workgroupName: "demo-prod-web",
  analystRoleArn: "arn:aws:iam::123456789012:role/demo-prod-web-analyst",
};
const web = { name: "web", dataset: "clicks", ...parts };

/** A stack's state, with a pipeline for each set of outputs. */
const stateOf = (...outputs: object[]) => ({
  version: 3,
  deployment: {
    manifest: {},
    resources: outputs.map((given, index) => ({
      urn: `urn:pulumi:prod::demo::demo:Shop$sluice:pipeline:EventPipeline::${index === 0 ? "web" : `web${index}`}`,
      type: "sluice:pipeline:EventPipeline",
      custom: false,
      inputs: {},
      outputs: given,
    })),
  },
});

/** The pipelines of the stack `prod`, as a Pulumi CLI tells them that prints this, or fails with a text. */
function toldBy(answers: { output: unknown; state?: unknown } | { fails: string } | "nothing") {
  return inTemporaryFolder(async (folder) => {
    const before = process.env["PATH"] ?? "";
    if (answers !== "nothing") {
      const print = (value: unknown) => `echo '${typeof value === "string" ? value : JSON.stringify(value)}'`;
      const script =
        "fails" in answers
          ? `echo '${answers.fails}' >&2; exit 255`
          : // pulumi stack output|export ... --stack prod
            `case "$*" in\n"stack output --json --stack prod") ${print(answers.output)};;\n` +
            `"stack export --stack prod") ${print(answers.state ?? { version: 3, deployment: {} })};;\n` +
            `*) echo "unexpected: $*" >&2; exit 1;;\nesac`;
      await writeFile(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
      await chmod(join(folder, "pulumi"), 0o755);
    }
    process.env["PATH"] = answers === "nothing" ? folder : `${folder}${delimiter}${before}`;
    try {
      return await stackPipelines("prod", "Or do it by hand.");
    } finally {
      process.env["PATH"] = before;
    }
  });
}

describe("the pipelines of a deployed stack", () => {
  it("are those that it exports, by name", async () => {
    assert.deepEqual(await toldBy({ output: { pipelines: { a: web } } }), [web]);
  });

  it("have the name of the export where they say none: so older versions deployed them", async () => {
    assert.deepEqual(await toldBy({ output: { pipelines: { clicks: parts } } }), [
      { ...parts, name: "clicks", dataset: "clicks" },
    ]);
  });

  for (const [what, output] of [
    ["nothing is exported", {}],
    ["none is exported", { pipelines: {} }],
    ["the program exports something else by that name", { pipelines: ["web"] }],
    ["the program exports something else of each", { pipelines: { web: { stream: "s" } } }],
  ] as const) {
    it(`are those of its state, where ${what}`, async () => {
      assert.deepEqual(await toldBy({ output, state: stateOf(web) }), [web]);
    });
  }

  const refusals: [string, Parameters<typeof toldBy>[0], string][] = [
    [
      "where neither outputs nor state have any",
      { output: {}, state: stateOf() },
      'the stack "prod" exports no pipelines. Deploy it with `pulumi up`.',
    ],
    [
      "where it exports something else, with what to export",
      { output: { url: "https://shop.example" }, state: stateOf() },
      'the stack "prod" exports no pipelines. Deploy it with `pulumi up`. It exports url. ' +
        "Add `export const pipelines = { orders: pipeline.outputs }` to its program.",
    ],
    [
      "where the stack was never deployed",
      { output: {} },
      'the stack "prod" exports no pipelines. Deploy it with `pulumi up`.',
    ],
    [
      "where an exported one lacks a part, naming it",
      { output: { pipelines: { web: { ...web, region: undefined } } } },
      'the stack "prod" exports no region of "web". Deploy it with `pulumi up`.',
    ],
    [
      "where the one of the state lacks a part, naming it",
      { output: {}, state: stateOf({ ...web, workgroupName: undefined }) },
      'the pipeline "web" has no workgroupName: it was not deployed to its end.',
    ],
    [
      "where the CLI prints no JSON",
      { output: "warning: a new version is there" },
      'pulumi can\'t tell the outputs of the stack "prod": it prints no JSON',
    ],
    [
      "where there is no such stack, in the CLI's words",
      { fails: "error: no stack named 'prod' found" },
      'pulumi can\'t tell the outputs of the stack "prod": error: no stack named prod found',
    ],
    [
      "where there is no Pulumi CLI",
      "nothing",
      'the outputs of the stack "prod" need the Pulumi CLI, which is not on PATH. Install it.',
    ],
  ];
  for (const [what, answers, message] of refusals) {
    it(`can't be told ${what}`, async () => {
      await assert.rejects(toldBy(answers), (error) => {
        assert.ok(error instanceof PipelineError);
        assert.deepEqual([error.message.split("\n")[0], error.exitCode], [message, 1]);
        return true;
      });
    });
  }
});
