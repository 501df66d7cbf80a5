import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { iam } from "@pulumi/aws";
import { accountOfPrincipal } from "../../../aws/arn.ts";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { hasConditionOn, statementsOf } from "../../authoring/iam-document.ts";
import { role } from "../../authoring/resource-types.ts";

type Role = Unwrap<iam.RoleArgs>;

const sourceKeys = [
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "sts:ExternalId",
];

function trusting(props: Role) {
  return statementsOf(props.assumeRolePolicy, "assumeRolePolicy").filter(({ effect }) => effect === "Allow");
}

/** `logs.eu-central-1.amazonaws.com` is `logs.amazonaws.com`: some services are written with their region. */
function withoutRegion(service: string): string {
  return service.replace(/^([a-z0-9-]+)\.[a-z]{2}(?:-[a-z]+)+-\d\.amazonaws\.com$/, "$1.amazonaws.com");
}

export const iamTrustPolicy = defineResourceRule<Role>()({
  name: "iam-trust-policy",
  description: "A role trusts named services and accounts, and services only on behalf of this account.",
  why: "Whoever may assume the role has all its rights. A service that acts for many customers must be told for whom, or another customer can send it here (the confused deputy).",
  level: "mandatory",
  severity: "critical",
  framework: { name: "AWS documentation", reference: "IAM: the confused deputy problem" },
  tags: ["security", "iam"],
  types: [role],
  remediationSteps: [
    "Name the principals; no `*` and no NotPrincipal.",
    "Add `sts:ExternalId` (Firehose), `aws:SourceAccount` or `aws:SourceArn` to a service's statement.",
  ],
  config: {
    services: z
      .array(z.string())
      .default([
        "apigateway.amazonaws.com",
        "events.amazonaws.com",
        "firehose.amazonaws.com",
        "glue.amazonaws.com",
        "iot.amazonaws.com",
        "lambda.amazonaws.com",
        "logs.amazonaws.com",
        "scheduler.amazonaws.com",
      ])
      .describe("Services that a role may trust."),
    requireConfusedDeputy: z
      .boolean()
      .default(true)
      .describe("Whether a service's statement needs a condition on its source."),
    servicesWithoutSource: z
      .array(z.string())
      .default([
        "apigateway.amazonaws.com",
        "ec2.amazonaws.com",
        "ecs-tasks.amazonaws.com",
        "lambda.amazonaws.com",
      ])
      .describe("Services that act for nobody else and send no source."),
    trustedAccounts: z
      .array(z.string())
      .default([])
      .describe("Accounts whose principals need no external id; empty: not checked."),
  },
  checks: [
    ({ props, violation }) => {
      for (const { label, principals = {}, notPrincipals } of trusting(props)) {
        if (notPrincipals) violation(`${label} trusts everybody but a list (NotPrincipal)`);
        if (Object.values(principals).flat().includes("*")) violation(`${label} trusts everybody (*)`);
      }
    },
    ({ props, config, violation }) => {
      for (const statement of trusting(props)) {
        for (const principal of statement.principals?.Service ?? []) {
          if (principal === "*") continue;
          const service = withoutRegion(principal);
          if (!config.services.includes(service)) violation(`${statement.label} trusts ${service}`);
          else if (
            config.requireConfusedDeputy &&
            !config.servicesWithoutSource.includes(service) &&
            !hasConditionOn(statement, sourceKeys)
          ) {
            violation(
              `${statement.label} trusts ${service} for any account; add sts:ExternalId or aws:SourceAccount`,
            );
          }
        }
      }
    },
    ({ props, config, violation }) => {
      if (config.trustedAccounts.length === 0) return;
      for (const statement of trusting(props)) {
        for (const principal of statement.principals?.AWS ?? []) {
          const known = config.trustedAccounts.includes(accountOfPrincipal(principal));
          if (principal === "*" || known || hasConditionOn(statement, ["sts:ExternalId"])) continue;
          violation(
            `${statement.label} trusts the account ${accountOfPrincipal(principal)} without sts:ExternalId`,
          );
        }
      }
    },
  ],
});
