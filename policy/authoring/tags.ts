import taggableTypes from "./taggable-types.json" with { type: "json" };
import type { EvaluatedResource } from "./rule.ts";

const taggable: ReadonlySet<string> = new Set(taggableTypes);

/** How a rule about all of them names its types. */
export const taggedTypes: readonly string[] = ["aws:* (every type that takes tags)"];

/**
 * Whether a resource of AWS takes a map of tags. Under the engine the provider's check gives each one `tagsAll`; a plan
 * has none, so the list of types, taken from @pulumi/aws, decides.
 */
export function isTaggable({ type, props }: EvaluatedResource): boolean {
  return type.startsWith("aws:") && ("tagsAll" in props || taggable.has(type));
}

/** The tags that AWS will store: with the provider's default tags where the provider has merged them already. */
export function tagsOf({ props }: EvaluatedResource): Readonly<Record<string, string>> {
  const tags = props["tagsAll"] ?? props["tags"] ?? {};
  return tags as Record<string, string>;
}
