import { PolicyPack } from "@pulumi/policy";
import { policyOf } from "../rule/pulumi-policy.ts";
import { costRules } from "./rules.ts";

// The only file of the pack with a side effect: constructing the pack starts its server and prints the port.
new PolicyPack("cost", {
  policies: costRules.map((rule) => policyOf(rule, "cost", (line) => console.log(line))),
});
