import type { Statement } from "./policy-document.ts";

/**
 * Firehose may assume the role, for this account only. The external id is the guard against the confused deputy that
 * the Firehose guide documents ("Controlling access", aws-semantics 1.10).
 */
export function firehoseTrust(account: string): Statement[] {
  return [
    {
      Sid: "FirehoseOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "firehose.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": account } },
    },
  ];
}

/** The given principals of the account may assume the role; by default those that its IAM policies allow. */
export function analystTrust(principalArns: string[]): Statement[] {
  return [
    {
      Sid: "Analysts",
      Effect: "Allow",
      Principal: { AWS: principalArns.length === 1 ? (principalArns[0] ?? []) : principalArns },
      Action: "sts:AssumeRole",
    },
  ];
}
