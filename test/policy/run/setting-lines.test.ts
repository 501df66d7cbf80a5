import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { settingFacts } from "../../../infra/setting-facts.ts";
import { evaluateStack } from "../../../plan/evaluate.ts";
import { packs } from "../../../policy/packs.ts";
import { readLevels } from "../../../policy/run/levels.ts";
import { readyPackFolders } from "../../../policy/run/pack-folders.ts";
import { Packs } from "../../../policy/run/packs.ts";
import { Places, type Located } from "../../../policy/run/places/places.ts";
import { inOtherProject, visitsModule } from "../../helpers/other-project.ts";

/** Every setting that a policy can find fault with, so that it does. */
const faulty: Record<string, string | number | boolean> = {
  retentionHours: 24,
  streamMode: "PROVISIONED",
  shardCount: 20,
  bufferingSizeMiB: 64,
  bufferingIntervalSeconds: 0,
  parquetCompression: "GZIP",
  bytesScannedCutoffPerQuery: 10_737_418_240,
  logRetentionDays: 1,
  forceDestroy: true,
  protect: false,
  versioning: false,
  accessLogging: false,
  alarms: false,
  httpAuth: "API_KEY",
  owner: "nobody",
  costCenter: "none",
  environment: "nowhere",
  dataClassification: "unclear",
};
const tag = { pattern: "^[A-Z]+$" };
const advisory = { enforcementLevel: "advisory" };
const levels = {
  "kinesis-retention": { ...advisory, minHours: 72 },
  "kinesis-capacity": { ...advisory, modes: ["ON_DEMAND"] },
  "firehose-buffering": { ...advisory, minMiB: 100 },
  "firehose-s3-compression": { ...advisory, parquet: ["SNAPPY"] },
  "athena-scan-limit": { ...advisory, maxBytes: 1_000_000_000 },
  "stateful-protection": { ...advisory, stacks: ["."], requireProtect: true },
  "required-tags": {
    ...advisory,
    tags: { owner: tag, "cost-center": tag, environment: tag, "data-classification": tag },
  },
};

type Found = Located & { rule: string; message: string };

describe("A finding about a setting", function () {
  this.slow(10_000);
  const stackFile = [
    "config:",
    "  aws:region: eu-central-1",
    ...Object.entries(faulty).map(([key, value]) => `  shop:${key}: ${JSON.stringify(value)}`),
  ];
  const settings = Object.entries(faulty).map(
    ([key, value]) => `${key}: config.${typeof value === "string" ? "require" : "requireObject"}("${key}"),`,
  );
  const program = (args: readonly string[]) =>
    [
      'import { Config } from "@pulumi/pulumi";',
      'import { EventPipeline } from "sluice"; import { visits } from "./visits.ts";',
      "export const config = new Config();",
      'new EventPipeline("web", {',
      ...["dataset: visits,", "httpIngest: true,", ...args],
      "} as never);",
    ].join("\n");
  const declaredLine = 4;
  let opened: Packs;

  before(async () => {
    const rules = [...packs.values()].flat();
    opened = await Packs.open({
      packs: await readyPackFolders([...packs.keys()]),
      environment: { stack: "dev", project: "shop", preview: false },
      config: readLevels(JSON.stringify(levels), "levels", rules),
    });
  });

  after(() => opened[Symbol.asyncDispose]());

  async function findingsOf(args: readonly string[], stackLines: readonly string[]): Promise<Found[]> {
    const files = {
      "index.ts": program(args),
      "visits.ts": visitsModule,
      "Pulumi.dev.yaml": stackLines.join("\n"),
    };
    return inOtherProject(files, async (folder) => {
      const plan = await evaluateStack({ stack: "dev", folder });
      const places = await Places.of(plan, folder, settingFacts);
      const { violations } = await opened.evaluate(plan, { places });
      return violations.map(({ rule, message, urn }) => ({
        rule,
        message,
        ...places.locate({ urn, message }),
      }));
    });
  }

  const settingOf = ({ place }: Found) =>
    place?.file === "Pulumi.dev.yaml" ? stackFile[place.line - 1]?.trim().split(":")[1] : undefined;

  it("stands at its line in the stack's file, whichever of them it is about", async () => {
    const findings = await findingsOf(settings, stackFile);
    const found = findings.flatMap((finding) => settingOf(finding) ?? []);
    assert.deepEqual([...new Set(found)].sort(), Object.keys(faulty).sort());
    assert.deepEqual(Object.keys(faulty).sort(), settingFacts.map(({ setting }) => setting).sort());

    const retention = findings.find(({ rule }) => rule === "kinesis-retention")!;
    assert.equal(settingOf(retention), "retentionHours");
    assert.deepEqual(
      retention.related.map(({ file, message }) => `${file}: ${message}`),
      ["index.ts: the program's line", "node_modules/sluice/infra/parts/event-stream.ts: the library's line"],
    );
    assert.equal(retention.related[0]!.line, declaredLine);
  });

  it("stands at the program's line where the program says the value itself", async () => {
    const own = Object.entries(faulty).map(([key, value]) => `${key}: ${JSON.stringify(value)},`);
    const findings = await findingsOf(own, ["config:", "  aws:region: eu-central-1"]);
    assert.ok(findings.length > Object.keys(faulty).length);
    assert.deepEqual(
      new Set(findings.map(({ place }) => `${place?.file}:${place?.line}`)),
      new Set([`index.ts:${declaredLine}`]),
    );
  });

  it("stands at the program's line where a transform changes what the setting says", async () => {
    const changed = "transform: { stream: (args: object) => Object.assign(args, { retentionPeriod: 48 }) },";
    const findings = await findingsOf([...settings, changed], stackFile);
    const retention = findings.find(({ rule }) => rule === "kinesis-retention")!;
    assert.match(retention.message, /^retentionPeriod is 48 hours/);
    assert.equal(`${retention.place?.file}:${retention.place?.line}`, `index.ts:${declaredLine}`);
  });

  it("about a resource that is no pipeline's stands at the program's line", async () => {
    const files = {
      "index.ts": `import { Stream } from "@pulumi/aws/kinesis/index.js";\nnew Stream("own", { retentionPeriod: 24 });\n`,
      "Pulumi.dev.yaml": stackFile.join("\n"),
    };
    const place = await inOtherProject(files, async (folder) => {
      const plan = await evaluateStack({ stack: "dev", folder });
      const places = await Places.of(plan, folder, settingFacts);
      const { urn } = plan.deployment.resources.find(({ type }) => type === "aws:kinesis/stream:Stream")!;
      return places.locate({ urn, message: "retentionPeriod is 24 hours; use 72 to 168" }).place;
    });
    assert.deepEqual(place, { file: "index.ts", line: 2, column: 1 });
  });

  it("stands at the line of this project's own stack file", async () => {
    const plan = await evaluateStack({ stack: "dev" });
    const folder = join(import.meta.dirname, "../../..");
    const places = await Places.of(plan, folder, settingFacts);
    const { urn } = plan.deployment.resources.find(({ type }) => type === "aws:kinesis/stream:Stream")!;
    const { place } = places.locate({ urn, message: "retentionPeriod is 24 hours; use 72 to 168" });
    const lines = (await readFile(join(folder, "Pulumi.dev.yaml"), "utf8")).split("\n");
    assert.equal(place?.file, "Pulumi.dev.yaml");
    assert.match(lines[place.line - 1]!, /^ {2}sluice:retentionHours:/);
  });
});
