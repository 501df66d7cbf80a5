import { z } from "zod";
import { stackOf } from "../../../plan/deployment.ts";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { regularExpression } from "../../authoring/regular-expression.ts";
import { bucket, stream } from "../../authoring/resource-types.ts";

export const statefulProtection = defineResourceRule<{ forceDestroy?: boolean }>()({
  name: "stateful-protection",
  description: "In a protected stack nothing destroys data along with its resource.",
  why: "`forceDestroy` lets one `pulumi destroy`, or one renamed resource, delete every object of a bucket.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS Well-Architected", reference: "REL09: back up data" },
  tags: ["security", "s3", "kinesis"],
  types: [...bucket, stream],
  remediationSteps: [
    "Remove `forceDestroy: true`.",
    "With `requireProtect`, declare the resource with `{ protect: true }`.",
  ],
  config: {
    stacks: z
      .array(regularExpression)
      .default(["^prod"])
      .describe("Regular expressions; the stacks that are protected."),
    requireProtect: z.boolean().default(false).describe("Whether the resource option `protect` is needed."),
  },
  appliesTo: ({ type }) => bucket.includes(type) || type === stream,
  checks: [
    ({ props, resource, config, violation }) => {
      if (isProtected(resource.urn, config.stacks) && props.forceDestroy === true)
        violation("forceDestroy is true");
    },
    ({ resource, config, violation }) => {
      if (!config.requireProtect || !isProtected(resource.urn, config.stacks)) return;
      if (!resource.protect) violation("the resource option protect is not true");
    },
  ],
});

function isProtected(urn: string, stacks: readonly string[]): boolean {
  return stacks.some((pattern) => new RegExp(pattern).test(stackOf(urn)));
}
