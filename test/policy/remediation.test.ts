import assert from "node:assert/strict";
import { requiredTags } from "../../policy/cost/rules/required-tags.ts";
import { kinesisEncryption } from "../../policy/security/rules/kinesis-encryption.ts";
import type { ResourceRule } from "../../policy/authoring/rule.ts";
import { readConfiguration } from "../../policy/authoring/configuration.ts";
import { stream } from "./fixtures.ts";

function remediated(
  rule: ResourceRule,
  props: Record<string, unknown>,
  config: Record<string, unknown> = {},
) {
  const resource = {
    type: stream.type,
    urn: "urn",
    name: "stream",
    props,
    protect: false,
    propertyDependencies: {},
  };
  const read = readConfiguration(rule, config);
  assert.ok("configuration" in read);
  const changed = rule.remediate!(resource, read.configuration.own);
  return {
    changed,
    props,
    remaining: rule.evaluate(resource, read.configuration.own).map(({ message }) => message),
  };
}

describe("A remediation", () => {
  it("of kinesis-encryption sets KMS and keeps a key that is there", () => {
    assert.deepEqual(remediated(kinesisEncryption, {}), {
      changed: true,
      props: { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" },
      remaining: [],
    });
    assert.equal(remediated(kinesisEncryption, { kmsKeyId: "mine" }).props["kmsKeyId"], "mine");
    assert.equal(
      remediated(kinesisEncryption, {}, { remediationKey: "alias/own" }).props["kmsKeyId"],
      "alias/own",
    );
  });

  it("of kinesis-encryption leaves what is right", () => {
    assert.equal(remediated(kinesisEncryption, { encryptionType: "KMS", kmsKeyId: "k" }).changed, false);
  });

  it("of required-tags writes tags and tagsAll, since nothing checks the inputs again", () => {
    const config = { tags: { owner: {} }, remediationValues: { owner: "data" } };
    assert.deepEqual(remediated(requiredTags, { tagsAll: { a: "b" } }, config), {
      changed: true,
      props: { tags: { owner: "data" }, tagsAll: { a: "b", owner: "data" } },
      remaining: [],
    });
  });

  it("of required-tags adds nothing that it was not told", () => {
    const { changed, remaining } = remediated(requiredTags, { tags: {} }, { tags: { owner: {} } });
    assert.equal(changed, false);
    assert.deepEqual(remaining, ["the tag owner is missing"]);
  });

  it("of required-tags leaves a tag that the provider adds", () => {
    const config = { tags: { owner: {} }, remediationValues: { owner: "data" } };
    assert.equal(remediated(requiredTags, { tagsAll: { owner: "someone" } }, config).changed, false);
  });
});
