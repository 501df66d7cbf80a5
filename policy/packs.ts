import { costRules } from "./cost/rules.ts";
import { reliabilityRules } from "./reliability/rules.ts";
import { securityRules } from "./security/rules.ts";
import type { Rule } from "./rule/rule.ts";

/** The packs by the name of their folder. */
export const packs: ReadonlyMap<string, readonly Rule[]> = new Map([
  ["cost", costRules],
  ["security", securityRules],
  ["reliability", reliabilityRules],
]);
