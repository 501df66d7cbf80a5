import assert from "node:assert/strict";
import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { nameOf, projectOf, stackOf } from "../../plan/deployment.ts";
import { requiredString, resourcesOfType } from "../../plan/resources.ts";
import { countByType, renderTree } from "../../plan/tree.ts";

function resource(type: string, name: string, more: Partial<PlannedResource> = {}): PlannedResource {
  const urn = `urn:pulumi:dev::demo::${type}::${name}`;
  return { urn, type, custom: type.startsWith("aws:"), inputs: {}, outputs: {}, ...more };
}

const stack = resource("pulumi:pulumi:Stack", "demo-dev");
const web = resource("demo:index:Site", "web", { parent: stack.urn });
const resources = [
  stack,
  resource("pulumi:providers:aws", "default", { custom: true }),
  web,
  resource("aws:s3/bucket:Bucket", "files", { parent: web.urn, inputs: { bucket: "b-1" }, protect: true }),
  resource("aws:sns/topic:Topic", "topic", { parent: web.urn, inputs: { name: "t-1" } }),
  resource("aws:s3/bucket:Bucket", "logs", { parent: stack.urn }),
];
const plan: DeploymentDocument = {
  version: 3,
  deployment: { manifest: { time: "", magic: "", version: "" }, resources },
};

describe("a plan", () => {
  it("is shown as a tree by parent, with physical names, without providers", () => {
    assert.equal(
      renderTree(plan),
      `pulumi:pulumi:Stack demo-dev
├─ demo:index:Site web
│  ├─ aws:s3/bucket:Bucket files  b-1  [protected]
│  └─ aws:sns/topic:Topic topic  t-1
└─ aws:s3/bucket:Bucket logs`,
    );
  });

  it("is counted by type, most first, without providers and components", () => {
    assert.deepEqual(countByType(plan), [
      ["aws:s3/bucket:Bucket", 2],
      ["aws:sns/topic:Topic", 1],
    ]);
  });

  it("is searched by type", () => {
    assert.deepEqual(
      resourcesOfType(plan, "aws:s3/bucket:Bucket").map(({ urn }) => nameOf(urn)),
      ["files", "logs"],
    );
    assert.deepEqual(resourcesOfType(plan, "aws:kms/key:Key"), []);
  });

  it("tells which resource lacks an input that has to be there", () => {
    const [files, logs] = resourcesOfType(plan, "aws:s3/bucket:Bucket") as [PlannedResource, PlannedResource];
    assert.equal(requiredString(files, "bucket"), "b-1");
    assert.throws(() => requiredString(logs, "bucket"), {
      message: 'aws:s3/bucket:Bucket "logs" declares no bucket.',
    });
  });

  it("has stack, project and name in each URN", () => {
    const urn = "urn:pulumi:prod::shop::a:b:C$aws:s3/bucket:Bucket::lake-data";
    assert.deepEqual([stackOf(urn), projectOf(urn), nameOf(urn)], ["prod", "shop", "lake-data"]);
  });
});
