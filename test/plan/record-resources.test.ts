import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Provider } from "@pulumi/aws/provider.js";
import { Bucket, BucketVersioning } from "@pulumi/aws/s3/index.js";
import { unknownValue, type PlannedResource } from "../../plan/deployment.ts";
import { recordResources } from "../../plan/evaluate.ts";
import { root } from "../helpers/sources.ts";

const files = { folder: root, project: "demo", stack: "dev", config: { "aws:region": "eu-west-1" } };

class Outer extends pulumi.ComponentResource {
  constructor(name: string) {
    super("demo:index:Outer", name);
    new Inner(`${name}-inner`, { parent: this });
    this.registerOutputs({ ready: true });
  }
}

class Inner extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("demo:index:Inner", name, {}, opts);
    const bucket = new Bucket(name, { bucket: "lake" }, { parent: this, protect: true });
    const versioning = { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } };
    new BucketVersioning(name, versioning, { parent: this });
    this.registerOutputs();
  }
}

const awsProvider = "urn:pulumi:dev::demo::pulumi:providers:aws";

describe("resources that a function declares", () => {
  let resources: PlannedResource[];
  const find = (type: string) => {
    const found = resources.find((resource) => resource.type === type);
    assert.ok(found, type);
    return found;
  };

  before(async () => {
    resources = (await recordResources(files, () => new Outer("web"))).deployment.resources;
  });

  it("have URNs of the types of all ancestors but the stack, as the engine builds them", () => {
    assert.equal(find("pulumi:pulumi:Stack").urn, "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev");
    assert.equal(find("demo:index:Outer").urn, "urn:pulumi:dev::demo::demo:index:Outer::web");
    assert.equal(
      find("demo:index:Inner").urn,
      "urn:pulumi:dev::demo::demo:index:Outer$demo:index:Inner::web-inner",
    );
    assert.equal(
      find("aws:s3/bucket:Bucket").urn,
      "urn:pulumi:dev::demo::demo:index:Outer$demo:index:Inner$aws:s3/bucket:Bucket::web-inner",
    );
  });

  it("have a parent each, but the stack", () => {
    const parents = resources
      .filter(({ type }) => !type.startsWith("pulumi:providers:"))
      .map(({ type, parent }) => [type, resources.find(({ urn }) => urn === parent)?.type]);
    assert.deepEqual(Object.fromEntries(parents), {
      "pulumi:pulumi:Stack": undefined,
      "demo:index:Outer": "pulumi:pulumi:Stack",
      "demo:index:Inner": "demo:index:Outer",
      "aws:s3/bucket:Bucket": "demo:index:Inner",
      "aws:s3/bucketVersioning:BucketVersioning": "demo:index:Inner",
    });
  });

  it("depend on what their inputs come from", () => {
    const bucket = find("aws:s3/bucket:Bucket").urn;
    const versioning = find("aws:s3/bucketVersioning:BucketVersioning");
    assert.equal(versioning.inputs["bucket"], "lake");
    assert.deepEqual(versioning.dependencies, [bucket]);
    assert.deepEqual(versioning.propertyDependencies, { bucket: [bucket], versioningConfiguration: [] });
  });

  it("are custom with id, outputs and provider, or components with what they register", () => {
    const { id, outputs, provider, protect } = find("aws:s3/bucket:Bucket");
    assert.equal(id, "lake");
    assert.deepEqual(outputs, { bucket: "lake", arn: "arn:aws:s3:::lake", region: "eu-west-1" });
    assert.match(provider ?? "", new RegExp(`^${awsProvider}::default_\\d+_\\d+_\\d+::${unknownValue}$`));
    assert.equal(protect, true);

    const outer = find("demo:index:Outer");
    assert.deepEqual([outer.custom, outer.outputs], [false, { ready: true }]);
    assert.deepEqual([outer.id, outer.provider, outer.protect], [undefined, undefined, undefined]);
    assert.equal("protect" in find("aws:s3/bucketVersioning:BucketVersioning"), false);
  });

  it("bring the default provider of their package, with the stack's region", () => {
    const { urn, inputs, custom } = find("pulumi:providers:aws");
    assert.deepEqual([custom, inputs["region"]], [true, "eu-west-1"]);
    assert.ok(find("aws:s3/bucket:Bucket").provider?.startsWith(`${urn}::`));
    assert.equal(resources.filter(({ type }) => type === "pulumi:providers:aws").length, 1);
  });

  it("name a provider that was given to them", async () => {
    const { deployment } = await recordResources(files, () => {
      const provider = new Provider("elsewhere", { region: "us-west-2" });
      new Bucket("lake", { bucket: "lake" }, { provider });
    });
    const bucket = deployment.resources.find(({ type }) => type === "aws:s3/bucket:Bucket");
    assert.ok(bucket?.provider?.startsWith(`${awsProvider}::elsewhere::`), bucket?.provider);
    assert.deepEqual(
      deployment.resources.filter(({ type }) => type === "pulumi:providers:aws").map(({ urn }) => urn),
      [`${awsProvider}::elsewhere`],
    );
  });

  it("name their place in the program", () => {
    for (const type of ["demo:index:Inner", "aws:s3/bucket:Bucket"]) {
      assert.match(
        find(type).sourcePosition ?? "",
        /^project:\/\/\/test\/plan\/record-resources\.test\.ts#\d+,\d+$/,
      );
    }
  });

  it("know the account, the region and the partition without credentials", async () => {
    const ask = async (config: Record<string, string>) => {
      const { deployment } = await recordResources({ ...files, config }, () => ({
        account: getCallerIdentityOutput().accountId,
      }));
      return deployment.resources[0]?.outputs;
    };
    assert.deepEqual(await ask({}), { account: "123456789012" });
    assert.deepEqual(await ask({ "demo:accountId": "210987654321" }), { account: "210987654321" });
  });

  it("have unknown ids and outputs where they are evaluated as in a preview", async () => {
    const { deployment } = await recordResources(files, () => new Outer("web"), { unknowns: true });
    const [bucket, versioning] = ["bucket:Bucket", "bucketVersioning:BucketVersioning"].map((type) =>
      deployment.resources.find((resource) => resource.type === `aws:s3/${type}`),
    );
    assert.equal(bucket?.id, undefined);
    assert.deepEqual(bucket?.outputs, { bucket: "lake" });
    assert.equal(versioning?.inputs["bucket"], unknownValue);
  });

  it("are none when nothing is declared", async () => {
    const { version, deployment } = await recordResources(files, () => undefined);
    assert.equal(version, 3);
    assert.deepEqual(deployment.manifest, { time: "1970-01-01T00:00:00.000Z", magic: "", version: "" });
    assert.deepEqual(
      deployment.resources.map(({ type }) => type),
      ["pulumi:pulumi:Stack"],
    );
  });
});
