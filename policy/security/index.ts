import { PolicyPack } from "@pulumi/policy";
import { policyOf } from "../rule/pulumi-policy.ts";
import { securityRules } from "./rules.ts";

// The only file of the pack with a side effect: constructing the pack starts its server and prints the port.
new PolicyPack("security", {
  policies: securityRules.map((rule) => policyOf(rule, "security", (line) => console.log(line))),
});
