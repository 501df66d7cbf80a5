import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { kms } from "@pulumi/aws";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { hasConditionOn, statementsOf } from "../../authoring/iam-document.ts";
import { isSet } from "../../authoring/unknown.ts";

const awsDefaultDays = 30;

export const kmsKeyHygiene = defineResourceRule<Unwrap<kms.KeyArgs>>()({
  name: "kms-key-hygiene",
  description: "A KMS key rotates, serves nobody unnamed and cannot be deleted in haste.",
  why: "A key that is gone takes all that it encrypted with it; the waiting time is the only way back.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS FSBP", reference: "KMS.4, KMS.5" },
  tags: ["security", "kms", "encryption"],
  types: ["aws:kms/key:Key"],
  remediationSteps: [
    "Set `enableKeyRotation` to true.",
    "Name the principals of the key policy.",
    "Leave `deletionWindowInDays` unset (30) or set it to 14 at least.",
  ],
  config: {
    minDeletionWindowDays: z
      .int()
      .min(7)
      .max(30)
      .default(14)
      .describe("Shortest waiting time before a deletion."),
  },
  checks: [
    ({ props, violation }) => {
      // AWS rotates symmetric encryption keys only.
      const symmetric = (props.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
      if (symmetric && props.enableKeyRotation !== true) violation("enableKeyRotation is not true");
    },
    ({ props, config, violation }) => {
      const days = props.deletionWindowInDays ?? awsDefaultDays;
      if (days < config.minDeletionWindowDays) {
        violation(`deletionWindowInDays is ${days}; use at least ${config.minDeletionWindowDays}`);
      }
    },
    ({ props, violation }) => {
      if (props.bypassPolicyLockoutSafetyCheck === true) violation("bypassPolicyLockoutSafetyCheck is true");
    },
    ({ props, violation }) => {
      if (!isSet(props, "policy")) return;
      for (const statement of statementsOf(props.policy, "policy")) {
        if (statement.effect !== "Allow") continue;
        if (statement.notPrincipals)
          violation(`${statement.label} serves everybody but a list (NotPrincipal)`);
        const everybody = Object.values(statement.principals ?? {})
          .flat()
          .includes("*");
        const bound = hasConditionOn(statement, [
          "kms:CallerAccount",
          "aws:PrincipalAccount",
          "aws:PrincipalOrgID",
        ]);
        if (everybody && !bound) violation(`${statement.label} serves everybody (*)`);
      }
    },
  ],
});
