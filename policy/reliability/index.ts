import "../../needs/node-version.cjs";
import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "../policies-of.ts";
import { reliabilityRules } from "./pack.ts";

// A pack that is stopped ends in order, so that Node keeps what it has compiled for the next start.
process.once("SIGTERM", () => process.exit(0));

// The only file of the pack with a side effect: constructing the pack starts its server and prints the port.
new PolicyPack("reliability", { policies: policiesOf("reliability", reliabilityRules) });
