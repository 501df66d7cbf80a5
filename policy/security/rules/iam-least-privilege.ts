import { z } from "zod";
import { parseArn } from "../../../aws/arn.ts";
import { meansAction } from "../../../aws/wildcard.ts";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { permissionDocuments, permissionTypes } from "../../authoring/iam-policies.ts";
import type { Statement } from "../../authoring/iam-document.ts";

/** Actions that name no resource which could be narrowed down (Service Authorization Reference). */
const listActions = [
  // What Lambda and Firehose look up before they enter a VPC.
  "ec2:DescribeDhcpOptions",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcAttribute",
  "ec2:DescribeVpcs",
  "ecr:GetAuthorizationToken",
  "athena:ListDataCatalogs",
  "athena:ListEngineVersions",
  "athena:ListWorkGroups",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "kinesis:ListStreams",
  "firehose:ListDeliveryStreams",
  "kms:ListAliases",
  "lakeformation:GetDataAccess",
  "logs:DescribeLogGroups",
  "s3:ListAllMyBuckets",
  "sts:GetCallerIdentity",
  "tag:GetResources",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Actions with which a principal can give itself more than it has (CKV_AWS_286, Rhino Security Labs' list). */
const escalationActions = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
];

export const iamLeastPrivilege = defineResourceRule<Record<string, unknown>>()({
  name: "iam-least-privilege",
  description: "A policy allows named actions on named resources.",
  why: "What a role may do is what its thief may do. A wildcard grants the next service's actions as well, before anybody has read about them.",
  level: "mandatory",
  severity: "critical",
  framework: { name: "AWS FSBP", reference: "IAM.1, IAM.21" },
  tags: ["security", "iam"],
  types: permissionTypes,
  remediationSteps: [
    "List the actions one by one; no `*` and no `service:*`.",
    "Name the ARNs. Only actions that take no resource may stand on `*`: put them into a statement of their own.",
    "Replace NotAction and NotResource by what is meant.",
  ],
  config: {
    allowWildcardResourceActions: z
      .array(z.string())
      .default(listActions)
      .describe("Actions that may be allowed on the resource `*`."),
    escalationActions: z
      .array(z.string())
      .default(escalationActions)
      .describe("Actions that may not be allowed at all, because they give more rights."),
  },
  checks: [
    ({ props, resource, config, violation, each }) =>
      each(permissionDocuments(resource.type, props), (read) => {
        const allowing = read().filter(({ effect }) => effect === "Allow");
        for (const statement of allowing) {
          for (const problem of problemsOf(statement, config)) violation(`${statement.label} ${problem}`);
        }
      }),
  ],
});

interface Config {
  readonly allowWildcardResourceActions: readonly string[];
  readonly escalationActions: readonly string[];
}

function problemsOf(statement: Statement, config: Config): string[] {
  const problems: string[] = [];
  const { actions } = statement;
  if (statement.notActions.length > 0) problems.push("allows everything but a list (NotAction)");
  if (statement.notResources.length > 0) problems.push("allows all resources but a list (NotResource)");

  const wide = actions.filter((action) => /(^|:)\*+$/.test(action));
  if (wide.length > 0) problems.push(`allows ${wide.join(", ")}`);

  const escalating = actions.filter(
    (action) =>
      !wide.includes(action) && config.escalationActions.some((listed) => meansAction(action, listed)),
  );
  if (escalating.length > 0) problems.push(`allows ${escalating.join(", ")}, which can give more rights`);

  const passesAnyRole = actions.some((action) => meansAction(action, "iam:PassRole")) && wide.length === 0;
  if (passesAnyRole && statement.resources.some((resource) => parseArn(resource)?.resource === "role/*")) {
    problems.push("allows iam:PassRole on every role");
  }

  // Where all actions are allowed the resources add nothing to the finding.
  if (statement.resources.some(isEveryResource) && wide.length === 0) {
    const unbound = actions.filter(
      (action) => !config.allowWildcardResourceActions.some((listed) => meansAction(listed, action)),
    );
    if (unbound.length > 0) problems.push(`allows ${unbound.join(", ")} on every resource`);
  }
  return problems;
}

/** `*`, and an ARN that leaves the whole resource open: `arn:aws:s3:::*`. */
function isEveryResource(resource: string): boolean {
  return resource === "*" || ["*", "*/*"].includes(parseArn(resource)?.resource ?? "");
}
