import { defineResourceRule } from "../../authoring/define-rule.ts";
import { workgroup } from "../../authoring/resource-types.ts";
import type { Workgroup } from "../../authoring/athena.ts";

export const athenaMetrics = defineResourceRule<Workgroup>()({
  name: "athena-metrics",
  description: "A workgroup publishes its metrics.",
  why: "Scanned bytes by workgroup are the only early sign of a query that costs too much.",
  level: "advisory",
  severity: "low",
  framework: { name: "AWS FSBP", reference: "Athena.4" },
  tags: ["cost", "athena"],
  types: [workgroup],
  remediationSteps: ["Remove `publishCloudwatchMetricsEnabled: false`; the default is true."],
  config: {},
  checks: [
    ({ props, violation }) => {
      if (props.configuration?.publishCloudwatchMetricsEnabled === false) {
        violation("publishCloudwatchMetricsEnabled is false");
      }
    },
  ],
});
