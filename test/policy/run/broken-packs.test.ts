import assert from "node:assert/strict";
import type { DeploymentDocument } from "../../../plan/deployment.ts";
import { PackError } from "../../../policy/run/pack-process.ts";
import { Packs } from "../../../policy/run/packs.ts";
import { packProgram, standInPack } from "./stand-in-pack.ts";

const resource = {
  urn: "urn:pulumi:dev::project::aws:s3/bucket:Bucket::lake",
  type: "aws:s3/bucket:Bucket",
  custom: true,
  inputs: { bucket: "lake" },
  outputs: { bucket: "lake" },
};
const document: DeploymentDocument = {
  version: 3,
  deployment: { manifest: { time: "", magic: "", version: "" }, resources: [resource] },
};

async function evaluated(program: string) {
  await using pack = await standInPack(program);
  await using opened = await Packs.open({
    packs: [pack],
    environment: { stack: "dev", project: "project", preview: false },
    config: new Map(),
  });
  return await opened.evaluate(document);
}

async function failureOf(program: string): Promise<string> {
  const error: unknown = await evaluated(program).then(
    () => assert.fail("the pack was evaluated by"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PackError, String(error));
  return error.message;
}

describe("Packs that do not do what the engine expects", () => {
  it("a pack that does is asked and heard", async () => {
    const { violations, rules } = await evaluated(packProgram(`report("no " + args.props.bucket)`));
    assert.deepEqual(violations, [
      { pack: "stand-in", rule: "rule", level: "mandatory", urn: resource.urn, message: "no lake" },
    ]);
    assert.deepEqual(
      rules.map(({ name, level }) => ({ name, level })),
      [{ name: "rule", level: "mandatory" }],
    );
  });

  it("a pack that fails to load is named, with what it said", async () => {
    const message = await failureOf(`throw new Error("no such thing");`);
    assert.match(message, /^The policy pack "stand-in" did not start \(exit code \d+\)\. It said:\n/);
    assert.match(message, /no such thing/);
  });

  it("a pack that ends in silence is named", async () => {
    assert.match(
      await failureOf("process.exit(0);"),
      /^The policy pack "stand-in" did not start \(exit code 0\)\.$/,
    );
  });

  it("a pack that prints before its port is told so", async () => {
    const message = await failureOf(`console.log("hello"); ${packProgram("")}`);
    assert.match(
      message,
      /printed "hello" where its port should stand: nothing may be printed while a pack loads/,
    );
  });

  it("a pack that prints later is evaluated by", async () => {
    const { violations } = await evaluated(packProgram(`console.log("12"); report("found")`));
    assert.equal(violations.length, 1);
  });

  it("a pack that dies half-way is named, with how it ended", async () => {
    const message = await failureOf(packProgram(`console.error("out of luck"); process.exit(3)`));
    assert.match(
      message,
      /^The policy pack "stand-in" ended before it had evaluated everything \(exit code 3\)/,
    );
    assert.match(message, /out of luck/);
  });

  it("a rule that throws fails the run with the rule's name, and not as a verdict", async () => {
    assert.match(
      await failureOf(packProgram(`throw new Error("oops")`)),
      /"stand-in" failed: .*'rule'.*oops/s,
    );
  });

  it("a folder without @pulumi/pulumi says what to do", async () => {
    const error: unknown = await Packs.open({
      packs: [{ name: "lost", folder: "/nonexistent" }],
      environment: { stack: "dev", project: "project", preview: false },
      config: new Map(),
    }).catch((reason: unknown) => reason);
    assert.match(
      (error as Error).message,
      /The policy pack "lost" has no @pulumi\/pulumi: run npm install in \/nonexistent/,
    );
  });
});
