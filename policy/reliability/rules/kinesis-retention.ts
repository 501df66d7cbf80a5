import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { kinesis } from "@pulumi/aws";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { stream } from "../../authoring/resource-types.ts";

const awsDefaultHours = 24;

export const kinesisRetention = defineResourceRule<Unwrap<kinesis.StreamArgs>>()({
  name: "kinesis-retention",
  description: "A stream keeps its records long enough to mend what reads it, and no longer.",
  why: "While delivery fails the stream is the only copy. A day is over before a weekend is; a year costs more than the lake.",
  level: "advisory",
  severity: "medium",
  framework: { name: "AWS FSBP", reference: "Kinesis.3" },
  tags: ["reliability", "kinesis"],
  types: [stream],
  remediationSteps: ["Set `retentionPeriod` (hours): 72 spans a weekend, 168 is what Security Hub asks for."],
  config: {
    minHours: z.int().min(24).max(8760).default(24).describe("Shortest accepted retention."),
    maxHours: z.int().min(24).max(8760).default(168).describe("Longest accepted retention."),
  },
  checks: [
    ({ props, config: { minHours, maxHours }, violation }) => {
      const hours = props.retentionPeriod ?? awsDefaultHours;
      if (hours >= minHours && hours <= maxHours) return;
      violation(`retentionPeriod is ${hours} hours; use ${minHours} to ${maxHours}`);
    },
  ],
});
