import type { Rule } from "../rule/rule.ts";

export const reliabilityRules: readonly Rule[] = [];
