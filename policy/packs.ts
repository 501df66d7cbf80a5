import { costRules } from "./cost/pack.ts";
import { reliabilityRules } from "./reliability/pack.ts";
import { securityRules } from "./security/pack.ts";
import type { Rule } from "./authoring/rule.ts";

/** The packs by the name of their folder. */
export const packs: ReadonlyMap<string, readonly Rule[]> = new Map([
  ["cost", costRules],
  ["security", securityRules],
  ["reliability", reliabilityRules],
]);
