import assert from "node:assert/strict";
import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { packs } from "../../policy/packs.ts";
import type { StackRule } from "../../policy/authoring/rule.ts";
import { Packs } from "../../policy/run/packs.ts";
import { packProgram, standInPack } from "./run/stand-in-pack.ts";

const count = 10_000;

function resourceOf(type: string, name: string, props: Record<string, unknown>): PlannedResource {
  const urn = `urn:pulumi:dev::project::${type}::${name}`;
  return { urn, type, custom: true, inputs: props, outputs: props };
}

describe("Ten thousand resources", () => {
  it("are sent and evaluated, each once, in calls larger than gRPC's usual 4 MiB", async () => {
    const padding = "x".repeat(1000);
    const resources = Array.from({ length: count }, (_, index) =>
      resourceOf("aws:s3/bucket:Bucket", `bucket-${index}`, { bucket: `bucket-${index}`, padding }),
    );
    const document: DeploymentDocument = {
      version: 3,
      deployment: { manifest: { time: "", magic: "", version: "" }, resources },
    };
    await using pack = await standInPack(packProgram(`report(args.props.bucket)`));
    await using opened = await Packs.open({
      packs: [pack],
      environment: { stack: "dev", project: "project", preview: false },
      config: new Map(),
    });
    const { violations, summary } = await opened.evaluate(document);
    assert.equal(summary.resources, count);
    assert.deepEqual(
      violations.map(({ message }) => message),
      resources.map(({ inputs }) => inputs["bucket"]),
    );
  });

  // A rule that compared each resource with each other would take minutes and so end by the test's time limit.
  it("take stack rules as long as ten times a thousand", () => {
    const resources = Array.from({ length: count / 4 }, (_, index) => {
      const bucket = `bucket-${index}`;
      return [
        resourceOf("aws:s3/bucket:Bucket", bucket, { bucket }),
        resourceOf("aws:s3/bucketVersioning:BucketVersioning", bucket, {
          bucket,
          versioningConfiguration: {},
        }),
        resourceOf("aws:iam/role:Role", bucket, { name: bucket }),
        resourceOf("aws:kinesis/stream:Stream", bucket, { name: bucket }),
      ];
    }).flat();
    const evaluated = resources.map(({ urn, type, outputs }) => {
      return { urn, type, name: urn, props: outputs, protect: false, propertyDependencies: {} };
    });
    const stackRules = [...packs.values()].flat().filter((rule): rule is StackRule => rule.kind === "stack");
    for (const rule of stackRules) rule.evaluate(evaluated, {});
    const versioning = stackRules.find(({ name }) => name === "s3-versioning")!;
    assert.equal(versioning.evaluate(evaluated, {}).length, count / 4);
  });
});
