import type { Policies } from "@pulumi/policy";
import { policyOf } from "./authoring/pulumi-policy.ts";
import type { Rule } from "./authoring/rule.ts";

/**
 * Rules as the policies of a pack: `new PolicyPack(pack, { policies: policiesOf(pack, rules) })`.
 * @param pack its name.
 */
export function policiesOf(pack: string, rules: readonly Rule[]): Policies {
  // The engine shows what a pack prints, and nothing else of an exemption that was used.
  return rules.map((rule) => policyOf(rule, pack, (line) => console.log(line)));
}
