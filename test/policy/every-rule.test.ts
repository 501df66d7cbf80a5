import assert from "node:assert/strict";
import { packs } from "../../policy/packs.ts";
import {
  configurationSchema,
  jsonSchemaProperties,
  readConfiguration,
} from "../../policy/authoring/configuration.ts";
import { policyOf } from "../../policy/authoring/pulumi-policy.ts";
import { taggableTypesOfSdk } from "../../policy/generate-taggable-types.ts";
import taggableTypes from "../../policy/authoring/taggable-types.json" with { type: "json" };

const rules = [...packs].flatMap(([pack, own]) => own.map((rule) => ({ pack, rule })));

describe("Every rule", () => {
  it("has a name of its own over all packs, in lower-case words", () => {
    const names = rules.map(({ rule }) => rule.name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
  });

  for (const { pack, rule } of rules) {
    describe(rule.name, () => {
      it("says in sentences what it wants and why, and what to do", () => {
        for (const text of [rule.description, rule.why, ...rule.remediationSteps]) {
          assert.match(text, /^[A-Z`].*\.$/s, text);
        }
        assert.doesNotMatch(rule.description, /\. [A-Z]/, "one sentence");
        assert.ok(rule.remediationSteps.length > 0 && rule.tags.length > 0 && rule.types.length > 0);
        assert.notEqual(rule.framework.name, "");
        assert.notEqual(rule.framework.reference, "");
      });

      it("gives the engine its severity, framework, steps, page and configuration", () => {
        const policy = policyOf(rule, pack, () => undefined);
        assert.equal(policy.severity, rule.severity);
        assert.equal(policy.framework?.name, rule.framework.name);
        assert.match(policy.remediationSteps ?? "", /^1\. /);
        assert.equal(policy.url, `docs/rules/${pack}.md#${rule.name}`);
        assert.ok(policy.configSchema?.properties?.["exempt"]);
      });

      it("has the defaults in its schema that its code has", () => {
        const fromSchema = Object.fromEntries(
          Object.entries(jsonSchemaProperties(rule)).map(([name, schema]) => [name, schema["default"]]),
        );
        assert.deepEqual(fromSchema, configurationSchema(rule).parse({}));
        const read = readConfiguration(rule, {});
        assert.ok("configuration" in read);
        assert.deepEqual({ ...(read.configuration.own as object), exempt: [] }, fromSchema);
      });

      it("describes each property of its configuration", () => {
        for (const [name, schema] of Object.entries(jsonSchemaProperties(rule))) {
          assert.match(String(schema["description"]), /^[A-Z0-9].*\.$/s, name);
        }
      });
    });
  }
});

describe("The list of types that take tags", () => {
  it("is what @pulumi/aws says; node policy/generate-taggable-types.ts writes it", () => {
    assert.deepEqual(taggableTypes, taggableTypesOfSdk());
  });
});
