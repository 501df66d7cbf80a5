import { PolicyPack } from "@pulumi/policy";
import { policyOf } from "../authoring/pulumi-policy.ts";
import { costRules } from "./pack.ts";

// A pack that is stopped ends in order, so that Node keeps what it has compiled for the next start.
process.once("SIGTERM", () => process.exit(0));

// The only file of the pack with a side effect: constructing the pack starts its server and prints the port.
new PolicyPack("cost", {
  policies: costRules.map((rule) => policyOf(rule, "cost", (line) => console.log(line))),
});
