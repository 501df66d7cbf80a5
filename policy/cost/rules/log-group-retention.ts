import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { cloudwatch } from "@pulumi/aws";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { isSet } from "../../authoring/unknown.ts";

export const logGroupRetention = defineResourceRule<Unwrap<cloudwatch.LogGroupArgs>>()({
  name: "log-group-retention",
  description: "A log group says how long it keeps its events.",
  why: "The default is for ever, at 0.03 USD a GB and month; too short a time loses the error that you look for.",
  level: "mandatory",
  severity: "medium",
  framework: { name: "AWS FSBP", reference: "CloudWatch.16" },
  tags: ["cost", "cloudwatch", "logs"],
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  remediationSteps: ["Set `retentionInDays`, for example to 30."],
  config: {
    minDays: z.int().min(1).default(7).describe("Shortest accepted retention."),
    maxDays: z.int().min(1).default(400).describe("Longest accepted retention."),
    requireKms: z.boolean().default(false).describe("Whether a KMS key must be named."),
  },
  checks: [
    ({ props, config: { minDays, maxDays }, violation }) => {
      // 0 is the provider's word for ever. The class DELIVERY has a fixed retention of its own.
      if (props.logGroupClass === "DELIVERY") return;
      const days = props.retentionInDays ?? 0;
      if (days === 0)
        violation(`retentionInDays is unset, which means for ever; use ${minDays} to ${maxDays}`);
      else if (days < minDays || days > maxDays) {
        violation(`retentionInDays is ${days}; use ${minDays} to ${maxDays}`);
      }
    },
    ({ props, config, violation }) => {
      if (config.requireKms && !isSet(props, "kmsKeyId")) violation("kmsKeyId is unset");
    },
  ],
});
