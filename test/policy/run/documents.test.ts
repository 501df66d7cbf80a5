import assert from "node:assert/strict";
import { unknownValue } from "../../../plan/deployment.ts";
import { DeploymentError, readDeployment } from "../../../policy/run/read-deployment.ts";
import { sendDocument } from "../../../policy/run/send-document.ts";
import { redactor } from "../../../policy/run/redaction.ts";
import { WireValues } from "../../../policy/run/wire-values.ts";

const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";
const urn = (name: string) => `urn:pulumi:dev::project::aws:s3/bucket:Bucket::${name}`;
const resource = (name: string, more: object = {}) => ({
  urn: urn(name),
  type: "aws:s3/bucket:Bucket",
  ...more,
});
const documentOf = (...resources: object[]) =>
  JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });

describe("A deployment document", () => {
  const problems: Record<string, [string, RegExp]> = {
    "that is cut off": [
      documentOf(resource("lake")).slice(0, -20),
      /^state.json ends in the middle of its JSON: it was cut off\.$/,
    ],
    "that is cut off after a closing bracket": [
      `{"version":3,"deployment":{"resources":[{}`,
      /it was cut off\.$/,
    ],
    "that is empty": ["", /^state.json is empty\.$/],
    "that is no JSON": ["plan: none", /^state.json is no valid JSON\.$/],
    "of another version": [
      `{"version":4,"deployment":{}}`,
      /of version 4; version 3 is understood.*pulumi stack export/,
    ],
    "that is something else": [
      `{"name":"sluice"}`,
      /^state.json is no deployment document \(version: .*pulumi stack export --file/,
    ],
    "with a resource without a URN": [documentOf({ type: "a:b:C" }), /deployment\.resources\.0\.urn/],
    "with inputs that are no object": [
      documentOf(resource("lake", { inputs: "x" })),
      /deployment\.resources\.0\.inputs/,
    ],
  };
  for (const [title, [text, says]] of Object.entries(problems)) {
    it(`${title} is refused, and says why`, () => {
      assert.throws(
        () => readDeployment(text, "state.json"),
        (error: Error) => {
          assert.ok(error instanceof DeploymentError);
          assert.match(error.message, says);
          return true;
        },
      );
    });
  }

  it("never shows a value in what it says", () => {
    const text = documentOf(resource("lake", { inputs: { password: "hunter2" } })).slice(0, -2);
    assert.throws(
      () => readDeployment(text, "state.json"),
      (error: Error) => !error.message.includes("hunter2"),
    );
  });

  it("of an empty stack has no resources", () => {
    const { resources } = sendDocument(
      readDeployment(`{"version":3,"deployment":{"manifest":{}}}`, "state.json"),
    );
    assert.deepEqual(resources, []);
  });

  it("is evaluated without what is only read, and what waits for its deletion", () => {
    const document = readDeployment(
      documentOf(resource("lake"), resource("read", { external: true }), resource("old", { delete: true })),
      "state.json",
    );
    assert.deepEqual(
      sendDocument(document).resources.map(({ name }) => name),
      ["lake"],
    );
  });

  it("tells each resource's provider, parent and dependencies, with null for none", () => {
    const provider = {
      urn: urn("aws").replace("aws:s3/bucket:Bucket", "pulumi:providers:aws"),
      type: "pulumi:providers:aws",
      inputs: { region: "eu-central-1" },
    };
    const { resources } = sendDocument(
      readDeployment(
        documentOf(
          provider,
          resource("lake", {
            provider: `${provider.urn}::id`,
            propertyDependencies: { bucket: null, acl: [urn("x")] },
          }),
        ),
        "state.json",
      ),
    );
    assert.deepEqual(resources[1]?.provider?.inputs, { region: "eu-central-1" });
    assert.deepEqual(resources[1]?.propertyDependencies, { bucket: [], acl: [urn("x")] });
  });

  it("names every input of an imported resource, and none of those that the provider adds", () => {
    const inputs = { __defaults: ["acl"], acl: "private", versioning: { enabled: true } };
    const { resources } = sendDocument(
      readDeployment(documentOf(resource("lake", { inputs })), "state.json"),
    );
    assert.deepEqual(resources[0]?.propertyDependencies, { versioning: [] });
  });
});

describe("Values of a deployment document", () => {
  const sent = (value: unknown) => new WireValues().properties({ value })["value"];

  it("that are secrets with a text are sent as secrets", () => {
    const wire = { [signature]: secret, value: "hunter2" };
    assert.deepEqual(sent({ [signature]: secret, plaintext: `"hunter2"` }), wire);
    assert.deepEqual(sent(wire), wire);
  });

  it("that are encrypted are unknown", () => {
    assert.equal(sent({ [signature]: secret, ciphertext: "v1:abc" }), unknownValue);
  });

  it("that are secrets with a text that is no JSON are unknown", () => {
    assert.equal(sent({ [signature]: secret, plaintext: "hunter2" }), unknownValue);
  });

  it("that refer to resources are sent as their ids", () => {
    const reference = { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "i-1" };
    assert.equal(sent(reference), "i-1");
  });

  it("that are outputs are sent as their values, or unknown", () => {
    const output = { [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
    assert.equal(sent({ ...output, value: 5 }), 5);
    assert.equal(sent(output), unknownValue);
  });

  it("that are assets lose the mark that the SDK would refuse", () => {
    const asset = { [signature]: "c44067f5952c0a294b673a41bacd8c17", hash: "abc" };
    assert.deepEqual(sent({ code: asset }), { code: { hash: "abc" } });
  });
});

describe("A message", () => {
  it("shows no secret, long or short, nested or whole", () => {
    const values = new WireValues();
    values.properties({
      a: { [signature]: secret, value: { user: "admin", port: 5 } },
      b: { [signature]: secret, value: "hunter2" },
    });
    assert.equal(
      redactor(values.secrets)("admin/hunter2 at 5, not 55"),
      "[secret]/[secret] at [secret], not 55",
    );
  });

  it("shows no part of a policy document that is a secret", () => {
    const values = new WireValues();
    const policy = JSON.stringify({ Statement: [{ Sid: "Quiet", Action: "s3:PutObject" }] });
    values.properties({ policy: { [signature]: secret, plaintext: JSON.stringify(policy) } });
    assert.equal(
      redactor(values.secrets)("statement Quiet allows s3:PutObject on every resource"),
      "statement [secret] allows [secret] on every resource",
    );
  });

  it("shows the longer of two secrets that begin at one place as one", () => {
    assert.equal(
      redactor(new Set(["hunter", "hunter2-long"]))("hunter2-long, hunters"),
      "[secret], [secret]s",
    );
  });
});
