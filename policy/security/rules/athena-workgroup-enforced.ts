import { defineResourceRule } from "../../authoring/define-rule.ts";
import type { Workgroup } from "../../authoring/athena.ts";
import { workgroup } from "../../authoring/resource-types.ts";

export const athenaWorkgroupEnforced = defineResourceRule<Workgroup>()({
  name: "athena-workgroup-enforced",
  description: "A workgroup's settings bind every query that runs in it.",
  why: "Where they are not enforced, a client chooses where its results go and whether they are encrypted.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS documentation", reference: "Athena: override client-side settings" },
  tags: ["security", "athena"],
  types: [workgroup],
  remediationSteps: ["Remove `enforceWorkgroupConfiguration: false`; the default is true."],
  config: {},
  checks: [
    ({ props, violation }) => {
      if (props.configuration?.enforceWorkgroupConfiguration === false) {
        violation("enforceWorkgroupConfiguration is false");
      }
    },
  ],
});
