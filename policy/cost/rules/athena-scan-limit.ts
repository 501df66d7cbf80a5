import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { workgroup } from "../../authoring/resource-types.ts";
import type { Workgroup } from "../../authoring/athena.ts";

/** The AWS provider refuses less; 0 is its word for no limit. */
const providerMinimumBytes = 10_485_760;

export const athenaScanLimit = defineResourceRule<Workgroup>()({
  name: "athena-scan-limit",
  description: "A workgroup limits what one query may scan.",
  why: "One query without a partition predicate reads the whole lake: at 5 USD a TB the limit is what keeps a slip from becoming a bill.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS documentation", reference: "Athena: data usage controls" },
  tags: ["cost", "athena"],
  types: [workgroup],
  remediationSteps: [
    "Set `bytesScannedCutoffPerQuery` to what the largest intended query scans, at least 10485760.",
  ],
  config: {
    maxBytes: z
      .int()
      .min(providerMinimumBytes)
      .default(107_374_182_400)
      .describe("Highest accepted limit, in bytes; the default is 100 GiB."),
  },
  checks: [
    ({ props, config, violation }) => {
      const limit = props.configuration?.bytesScannedCutoffPerQuery;
      if (limit === undefined || limit === 0) violation("bytesScannedCutoffPerQuery is unset");
      else if (limit < providerMinimumBytes) {
        violation(`bytesScannedCutoffPerQuery is ${limit}; AWS takes ${providerMinimumBytes} or more`);
      } else if (limit > config.maxBytes) {
        violation(`bytesScannedCutoffPerQuery is ${limit}; use at most ${config.maxBytes}`);
      }
    },
  ],
});
