/**
 * What a policy pack of one's own is written with, and the rules of sluice's three packs. Free of side effects.
 *
 * @module
 */
import "#node-version";

/** The library that a rule's `config` is written with. */
export { z } from "zod";
export { defineBucketRule } from "./authoring/define-bucket-rule.ts";
export {
  defineResourceRule,
  defineStackRule,
  type ResourceCase,
  type StackCase,
} from "./authoring/define-rule.ts";
export { policiesOf } from "./policies-of.ts";
export type {
  EvaluatedResource,
  Framework,
  Level,
  ResourceRule,
  Rule,
  RuleDescription,
  Severity,
  StackRule,
} from "./authoring/rule.ts";

/** Pulumi's names of the types that rules are about. */
export * as resourceTypes from "./authoring/resource-types.ts";
/** How rules read what may be unknown, absent or spelled in two ways. */
export { bucketName, bucketsOf, companionsOf, type Companions } from "./authoring/companions.ts";
export { hasConditionOn, statementsOf, type Statement } from "./authoring/iam-document.ts";
export { meansAction } from "../aws/wildcard.ts";
export { isTaggable, tagsOf } from "./authoring/tags.ts";
export { isSet, isUnknown } from "./authoring/unknown.ts";

export { costRules } from "./cost/pack.ts";
export { reliabilityRules } from "./reliability/pack.ts";
export { securityRules } from "./security/pack.ts";
