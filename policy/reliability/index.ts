import { PolicyPack } from "@pulumi/policy";
import { policyOf } from "../rule/pulumi-policy.ts";
import { reliabilityRules } from "./rules.ts";

// The only file of the pack with a side effect: constructing the pack starts its server and prints the port.
new PolicyPack("reliability", {
  policies: reliabilityRules.map((rule) => policyOf(rule, "reliability", (line) => console.log(line))),
});
