import { z } from "zod";
import { accountOfPrincipal } from "../../../aws/arn.ts";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { hasConditionOn, statementsOf, type Statement } from "../../authoring/iam-document.ts";
import { bucket, bucketAcl, bucketPolicy } from "../../authoring/resource-types.ts";
import { isSet } from "../../authoring/unknown.ts";

const publicAcls = ["public-read", "public-read-write", "authenticated-read"];
const publicGroups = /\/(AllUsers|AuthenticatedUsers)$/;

/** Keys that bind a statement for everybody to an account, an organisation or a network. */
const bindingKeys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceVpc",
  "aws:SourceVpce",
  "s3:DataAccessPointAccount",
];

/** Addresses bind as well (S3 guide, "The meaning of public"), unless they are all. */
function isBoundToAddresses({ conditions }: Statement): boolean {
  return Object.entries(conditions["IpAddress"] ?? {}).some(
    ([key, ranges]) =>
      /^aws:(SourceIp|VpcSourceIp)$/i.test(key) &&
      ranges.length > 0 &&
      !ranges.some((range) => range.endsWith("/0")),
  );
}

interface Granting {
  acl?: string;
  grants?: readonly { uri?: string }[];
  accessControlPolicy?: { grants?: readonly { grantee?: { uri?: string } }[] };
  policy?: unknown;
}

export const s3NoPublicGrants = defineResourceRule<Granting>()({
  name: "s3-no-public-grants",
  description: "No ACL and no bucket policy grants access to everybody.",
  why: "The public access block refuses such grants as long as it is there. A grant that waits for the block to go is a leak with a date.",
  level: "mandatory",
  severity: "critical",
  framework: { name: "AWS FSBP", reference: "S3.2, S3.3, S3.6" },
  tags: ["security", "s3", "public-access"],
  types: [...bucket, ...bucketAcl, ...bucketPolicy],
  remediationSteps: [
    "Remove public ACLs and grants.",
    "Name the principals of each Allow, or bind it by aws:PrincipalOrgID, aws:SourceArn or the like.",
  ],
  config: {
    allowedAccounts: z
      .array(z.string())
      .default([])
      .describe("Accounts that a bucket policy may name; empty: not checked."),
  },
  checks: [
    ({ props, violation }) => {
      if (props.acl !== undefined && publicAcls.includes(props.acl)) violation(`the ACL is ${props.acl}`);
    },
    ({ props, violation, each }) =>
      each(props.grants, ({ uri }) => {
        if (uri !== undefined && publicGroups.test(uri)) violation(`a grant names ${uri}`);
      }),
    ({ props, violation, each }) =>
      each(props.accessControlPolicy?.grants, ({ grantee }) => {
        if (grantee?.uri !== undefined && publicGroups.test(grantee.uri))
          violation(`a grant names ${grantee.uri}`);
      }),
    ({ props, config, violation }) => {
      if (!isSet(props, "policy")) return;
      for (const statement of statementsOf(props.policy, "policy")) {
        if (statement.effect !== "Allow") continue;
        const { label, principals = {}, notPrincipals } = statement;
        if (notPrincipals) violation(`${label} grants to everybody but a list (NotPrincipal)`);
        const everybody = Object.values(principals).flat().includes("*");
        const bound = hasConditionOn(statement, bindingKeys) || isBoundToAddresses(statement);
        if (everybody && !bound) violation(`${label} grants to everybody`);
        for (const principal of principals.AWS ?? []) {
          const account = accountOfPrincipal(principal);
          if (config.allowedAccounts.length === 0 || principal === "*") continue;
          if (!config.allowedAccounts.includes(account))
            violation(`${label} grants to the account ${account}`);
        }
      }
    },
  ],
});
