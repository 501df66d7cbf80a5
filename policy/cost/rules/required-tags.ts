import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { regularExpression } from "../../authoring/regular-expression.ts";
import { isTaggable, taggedTypes, tagsOf } from "../../authoring/tags.ts";
import { isSet } from "../../authoring/unknown.ts";

interface Tagged {
  tags?: Record<string, string>;
  tagsAll?: Record<string, string>;
}

const requirement = z.strictObject({
  values: z.array(z.string()).optional().describe("The accepted values."),
  pattern: regularExpression.optional().describe("A regular expression that the value must match."),
});

export const requiredTags = defineResourceRule<Tagged>()({
  name: "required-tags",
  description: "Each taggable resource carries the tags by which a bill is cut and an owner is found.",
  why: "A cost that no tag names belongs to nobody, and cost allocation tags do not work backwards: what was untagged last month stays so on the bill.",
  level: "mandatory",
  severity: "medium",
  framework: { name: "AWS documentation", reference: "Tagging best practices" },
  tags: ["cost", "tags"],
  types: taggedTypes,
  remediationSteps: [
    "Give the resource the pipeline's tags, or set `aws:defaultTags` on the provider.",
    "With the level `remediate`, `remediationValues` are filled in.",
  ],
  config: {
    tags: z
      .record(z.string(), requirement)
      .default({
        project: {},
        environment: {},
        owner: {},
        "cost-center": {},
        "data-classification": {},
        pipeline: {},
      })
      .describe("The keys that must be there, each with its accepted values or a pattern."),
    exemptTypes: z.array(z.string()).default([]).describe("Types that need no tags."),
    remediationValues: z
      .record(z.string(), z.string())
      .default({})
      .describe("What a remediation sets for a key that is missing."),
  },
  appliesTo: isTaggable,
  checks: [
    ({ resource, config, violation, each }) => {
      if (config.exemptTypes.includes(resource.type)) return;
      const tags = tagsOf(resource);
      each(Object.entries(config.tags), ([key, { values, pattern }]) => {
        if (!(key in tags)) return violation(`the tag ${key} is missing`);
        const value = tags[key]!;
        if (value === "") violation(`the tag ${key} is empty`);
        else if (values && !values.includes(value))
          violation(`the tag ${key} is none of ${values.join(", ")}`);
        else if (pattern !== undefined && !new RegExp(pattern).test(value)) {
          violation(`the tag ${key} does not match ${pattern}`);
        }
      });
    },
  ],
  remediate: (props, { tags: required, remediationValues }) => {
    const effective = isSet(props, "tagsAll") ? props.tagsAll! : (props.tags ?? {});
    const missing = Object.keys(required).filter((key) => !(key in effective) && key in remediationValues);
    if (missing.length === 0) return false;
    // The provider has merged its default tags into tagsAll before this, and does not check the inputs again.
    for (const property of ["tags", "tagsAll"] as const) {
      props[property] ??= {};
      for (const key of missing) props[property][key] = remediationValues[key]!;
    }
    return true;
  },
});
