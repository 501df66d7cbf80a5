import type { z } from "zod";
import { bucketsOf, companionsOf } from "./companions.ts";
import { defineStackRule, type StackCase } from "./define-rule.ts";
import * as types from "./resource-types.ts";
import type { EvaluatedResource, RuleDescription, StackRule } from "./rule.ts";

interface BucketRuleDefinition<Shape extends z.ZodRawShape> extends Omit<RuleDescription, "types"> {
  readonly config: Shape;
  /** The resource that declares it, in both spellings. */
  readonly companion: readonly string[];
  /** The deprecated properties of the bucket itself, old and V2, that declare the same. Default: there is none. */
  readonly inlineProperties?: readonly string[];
  /** What to say of a bucket that has neither. */
  readonly missing: string;
  /** Buckets that the rule is not about. */
  readonly skip?: (bucket: EvaluatedResource, subject: StackCase<z.infer<z.ZodObject<Shape>>>) => boolean;
  /** Evaluates what a companion, or the inline property, declares for the bucket. Problems are the bucket's. */
  readonly evaluate: (
    declared: readonly EvaluatedResource[],
    subject: {
      bucket: EvaluatedResource;
      stack: StackCase<z.infer<z.ZodObject<Shape>>>;
      violation: (message: string) => void;
    },
  ) => void;
}

/** A rule that each bucket has a companion resource, and that it says the right thing. */
export function defineBucketRule<const Shape extends z.ZodRawShape>({
  companion,
  inlineProperties = [],
  missing,
  skip,
  evaluate,
  ...rule
}: BucketRuleDefinition<Shape>): StackRule {
  return defineStackRule<Shape>({
    ...rule,
    types: [...types.bucket, ...companion],
    check: (stack) => {
      const companions = companionsOf(stack.resources, companion);
      stack.each(bucketsOf(stack.resources), (bucket) => {
        if (skip?.(bucket, stack)) return;
        const declared = [...companions.of(bucket)];
        // Only what the program sets: after a deployment the outputs hold what AWS set by itself, too.
        if (inlineProperties.some((property) => property in bucket.propertyDependencies)) {
          declared.push(bucket);
        }
        if (declared.length > 0) {
          evaluate(declared, { bucket, stack, violation: (message) => stack.violation(bucket, message) });
        } else if (companions.someUnlinked) {
          stack.unknown(bucket, "which bucket a resource of the stack configures");
        } else {
          stack.violation(bucket, missing);
        }
      });
    },
  });
}
