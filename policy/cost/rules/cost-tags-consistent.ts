import { z } from "zod";
import { defineStackRule } from "../../authoring/define-rule.ts";
import { isTaggable, taggedTypes, tagsOf } from "../../authoring/tags.ts";
import type { EvaluatedResource } from "../../authoring/rule.ts";

/** `CostCenter`, `cost_center` and `cost-center` are one key to a reader and three to a bill. */
function folded(key: string): string {
  return key.toLowerCase().replace(/[-_ .]/g, "");
}

export const costTagsConsistent = defineStackRule({
  name: "cost-tags-consistent",
  description: "The tags by which costs are cut say the same on all resources of a stack.",
  why: "A bill groups by exact text: one resource with another spelling of the key, or another value, falls out of every report.",
  level: "advisory",
  severity: "low",
  framework: { name: "AWS documentation", reference: "Tagging best practices" },
  tags: ["cost", "tags"],
  types: taggedTypes,
  remediationSteps: ["Take the tags from one place for the whole stack.", "Spell each key in one way."],
  config: {
    keys: z
      .array(z.string())
      .default(["cost-center", "project"])
      .describe("The keys that must have one value in a stack."),
  },
  check: ({ resources, config, violation, each }) => {
    const tagged = resources.filter(isTaggable);
    for (const key of config.keys) {
      const byValue = new Map<string, EvaluatedResource[]>();
      each(tagged, (resource) => {
        const tags = tagsOf(resource);
        if (key in tags) {
          const value = tags[key]!;
          const same = byValue.get(value);
          if (same) same.push(resource);
          else byValue.set(value, [resource]);
        }
      });
      const [, ...others] = [...byValue.values()].sort((a, b) => b.length - a.length);
      for (const resource of others.flat())
        violation(resource, `the tag ${key} differs from most resources'`);
    }
    each(tagged, (resource) => {
      for (const written of Object.keys(tagsOf(resource))) {
        const meant = config.keys.find((key) => written !== key && folded(written) === folded(key));
        if (meant !== undefined)
          violation(resource, `the tag key ${written} is another spelling of ${meant}`);
        if (/^aws:/i.test(written))
          violation(resource, `the tag key ${written} begins with aws:, which AWS refuses`);
      }
    });
  },
});
