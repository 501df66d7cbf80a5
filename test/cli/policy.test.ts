import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { evaluateStack } from "../../plan/evaluate.ts";
import { packs } from "../../policy/packs.ts";
import { inOtherProject } from "../helpers/other-project.ts";
import { inTemporaryFolder, runCli } from "../helpers/run-cli.ts";
import { mutated, pipelineOf } from "../policy/mutated-plan.ts";
import { mutations } from "../policy/mutations.ts";

const signature = "4dabf18193072939515e22adb298388d";
const secret = { [signature]: "1b47061264138c4ac30d75fd1eb44270", plaintext: `"hunter2-hunter2"` };

interface Report {
  stack: string;
  violations: {
    pack: string;
    rule: string;
    level: string;
    urn: string;
    message: string;
    place: { file: string; line: number } | null;
  }[];
  exempted: { rule: string; urn: string; reason: string; until: string | null }[];
  summary: { rules: number; resources: number; mandatory: number; advisory: number };
  seconds: number;
}

/** Evaluates a document that stands in a file. */
function evaluateFile(document: unknown, ...options: string[]) {
  return inTemporaryFolder(async (folder) => {
    await writeFile(
      join(folder, "state.json"),
      typeof document === "string" ? document : JSON.stringify(document),
    );
    const result = await runCli(["policy", "--file", "state.json", ...options], { cwd: folder });
    const written = await readFile(join(folder, "report"), "utf8").catch(() => undefined);
    return { ...result, written };
  });
}

describe("sluice policy", function () {
  // Each run boots three packs.
  this.slow(10_000);
  let pipeline: DeploymentDocument;

  before(async () => {
    pipeline = pipelineOf(await evaluateStack({ stack: "prod" }), "clickstream");
  });

  it("finds nothing in prod and ends with 0", async () => {
    const { exitCode, stdout, stderr } = await runCli(["policy", "--stack", "prod", "--format", "json"]);
    const report = JSON.parse(stdout) as Report;
    assert.deepEqual([exitCode, stderr, report.stack], [0, "", "prod"]);
    assert.deepEqual([report.violations, report.summary.mandatory, report.summary.advisory], [[], 0, 0]);
    assert.equal(report.summary.rules, [...packs.values()].flat().length);
  });

  it("says of a first preview what it cannot evaluate yet, and ends with 0", async () => {
    const { exitCode, stdout } = await runCli([
      "policy",
      "--stack",
      "prod",
      "--unknowns",
      "--format",
      "json",
    ]);
    const { violations } = JSON.parse(stdout) as Report;
    assert.equal(exitCode, 0);
    assert.ok(violations.length > 0);
    for (const { level, message } of violations) {
      assert.equal(level, "advisory");
      assert.match(message, /^cannot be evaluated before the deployment: ".+" is not known yet$/);
    }
  });

  it("ends with 1 on a mandatory violation, and shows where and what to do", async () => {
    const small = mutations.find(({ what }) => what === "a buffer of 5 MiB")!;
    const { exitCode, stdout } = await evaluateFile(mutated(pipeline, small));
    assert.equal(exitCode, 1);
    assert.match(
      stdout,
      /FirehoseDeliveryStream clickstream-delivery {2}infra\/index\.ts:\d+\n {2}mandatory {2}firehose-buffering/,
    );
    assert.match(stdout, /bufferingSize is 5 MiB; use at least 64\n {13}1\. Set `bufferingSize`/);
  });

  it("ends with 0 on advisory violations alone", async () => {
    const old = mutations.find(({ what }) => what === "a retention of a year")!;
    const { exitCode, stdout } = await evaluateFile(mutated(pipeline, old), "--format", "json");
    const { violations, summary } = JSON.parse(stdout) as Report;
    assert.deepEqual([exitCode, summary.mandatory, summary.advisory], [0, 0, 1]);
    assert.deepEqual(
      violations.map(({ pack, rule, level }) => ({ pack, rule, level })),
      [{ pack: "reliability", rule: "kinesis-retention", level: "advisory" }],
    );
  });

  it("takes levels from a file, and reports the exemptions that were used", async () => {
    const levels = {
      "kinesis-retention": {
        enforcementLevel: "mandatory",
        maxHours: 24,
        exempt: [{ match: "clickstream-stream$", reason: "A trial.", until: "2999-12-31" }],
      },
    };
    const { exitCode, stdout } = await inTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "state.json"), JSON.stringify(pipeline));
      await writeFile(join(folder, "levels.json"), JSON.stringify(levels));
      const args = ["policy", "--file", "state.json", "--levels", "levels.json", "--format", "json"];
      return runCli(args, { cwd: folder });
    });
    const { exempted, summary } = JSON.parse(stdout) as Report;
    assert.deepEqual([exitCode, summary.mandatory], [0, 0]);
    assert.deepEqual(
      exempted.map(({ rule, reason, until }) => ({ rule, reason, until })),
      [{ rule: "kinesis-retention", reason: "A trial.", until: "2999-12-31" }],
    );
  });

  it("writes the report to a file and the verdict to stderr, and shows no secret in either", async () => {
    const document = structuredClone(pipeline);
    const stream = document.deployment.resources.find(({ type }) => type === "aws:kinesis/stream:Stream")!;
    stream.inputs["encryptionType"] = secret;
    const result = await evaluateFile(document, "--format", "sarif", "--output", "report");
    const { exitCode, stdout, stderr, written } = result;
    assert.deepEqual([exitCode, stdout], [1, ""]);
    assert.match(stderr, /^1 mandatory violation in stack prod; see report\n$/);
    assert.equal((JSON.parse(written!) as { version: string }).version, "2.1.0");
    assert.match(written!, /encryptionType is \[secret\]/);
    assert.doesNotMatch(written!, /hunter2/);
  });

  describe("--folder", () => {
    const program = `import { Stream } from "@pulumi/aws/kinesis/index.js";
console.log("hello");
new Stream("own", { retentionPeriod: 8760 });\n`;
    const levels = { all: "disabled", "kinesis-retention": "mandatory" };

    it("evaluates another project's program, by its own levels, at its lines", async () => {
      const files = { "index.ts": program, "policy/levels/dev.json": JSON.stringify(levels) };
      const { exitCode, stdout, stderr } = await inOtherProject(files, (folder) =>
        runCli(["policy", "--folder", folder, "--stack", "dev", "--format", "json"]),
      );
      assert.deepEqual([exitCode, stderr], [1, "hello\n"]);
      const { violations } = JSON.parse(stdout) as Report;
      assert.deepEqual(
        violations.map(({ rule, place }) => `${rule} ${place?.file}:${place?.line}`),
        ["kinesis-retention index.ts:3"],
      );
    });

    it("may be relative, and names the place of an error in the program", async () => {
      const files = { "shop/Pulumi.yaml": "name: shop\nruntime: nodejs\n", "shop/Pulumi.dev.yaml": "" };
      const { exitCode, stdout, stderr } = await inOtherProject(
        { ...files, "shop/index.ts": 'export {};\nthrow new TypeError("no such thing");\n' },
        (folder) => runCli(["policy", "--folder", "shop", "--stack", "dev"], { cwd: folder }),
      );
      assert.deepEqual([exitCode, stdout], [1, ""]);
      assert.match(stderr, /^sluice: TypeError: no such thing\n {4}at \S+\/shop\/index\.ts:2:7\n$/);
    });

    it("says whose lines a stored state's positions are", async () => {
      const sourcePosition = "project:///src/file:/build/7/src/streams.ts#3,1";
      const urn = "urn:pulumi:dev::shop::aws:kinesis/stream:Stream::own";
      const stream = { urn, custom: true, type: "aws:kinesis/stream:Stream", inputs: {}, sourcePosition };
      const state = { version: 3, deployment: { resources: [stream] } };
      const files = { "state.json": JSON.stringify(state), "src/streams.ts": "" };
      const { stdout } = await inOtherProject(files, (folder) =>
        runCli(["policy", "--folder", ".", "--file", "state.json"], { cwd: folder }),
      );
      assert.match(stdout, /^aws:kinesis\/stream:Stream own {2}src\/streams\.ts:3$/m);
      assert.doesNotMatch(stdout, /build/);
    });
  });

  it("explains a rule", async () => {
    const { exitCode, stdout } = await runCli(["policy", "--explain", "firehose-buffering"]);
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^firehose-buffering \(cost, mandatory, severity medium\)\n\nFirehose buffers enough/,
    );
    assert.match(stdout, /\n {2}minMiB: Smallest buffer.* Default: 64\n/);
    assert.match(stdout, /\nMore: docs\/rules\/cost\.md#firehose-buffering\n$/);
  });

  const wrongCalls: Record<string, [string[], RegExp]> = {
    "nothing to evaluate": [
      [],
      /Name a stack \(--stack prod\) or a deployment document \(--file state\.json\)\./,
    ],
    "a rule that does not exist": [
      ["--explain", "firehose-bufering"],
      /"firehose-bufering" is no rule\. Did you mean "firehose-buffering"/,
    ],
    "a format that does not exist": [
      ["--stack", "prod", "--format", "xml"],
      /Allowed choices are pretty, json, markdown, sarif, junit/,
    ],
    "a stack that does not exist": [["--stack", "nowhere"], /no stack "nowhere"/],
    "a folder without a project": [
      ["--stack", "dev", "--folder", "docs"],
      /docs holds no Pulumi\.yaml\. Run this in a Pulumi project's folder\./,
    ],
    "a file that does not exist": [
      ["--file", "/nonexistent/state.json"],
      /\/nonexistent\/state\.json cannot be read: ENOENT/,
    ],
    "levels that do not exist": [
      ["--stack", "prod", "--levels", "/nonexistent.json"],
      /\/nonexistent\.json cannot be read/,
    ],
  };
  for (const [title, [args, says]] of Object.entries(wrongCalls)) {
    it(`ends with 2 on ${title}`, async () => {
      const { exitCode, stdout, stderr } = await runCli(["policy", ...args]);
      assert.deepEqual([exitCode, stdout], [2, ""]);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  }

  it("ends with 2 on a document that is cut off", async () => {
    const { exitCode, stderr } = await evaluateFile(JSON.stringify(pipeline).slice(0, -100));
    assert.equal(exitCode, 2);
    assert.match(stderr, /state\.json ends in the middle of its JSON: it was cut off\./);
  });
});
