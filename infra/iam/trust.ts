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

/**
 * API Gateway may assume the role. It takes only roles of the API's own account ("Cross-account pass role is not
 * allowed"), so nobody else can send it here, and its guide names no condition key that it would send.
 */
export function apiGatewayTrust(): Statement[] {
  return [
    {
      Sid: "ApiGateway",
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ];
}

/** CloudWatch Logs may assume the role for one log group (CloudWatch Logs guide, "Subscription filters"). */
export function logsTrust(logGroupArn: string): Statement[] {
  return [
    {
      Sid: "SubscribedLogGroup",
      Effect: "Allow",
      Principal: { Service: "logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringLike: { "aws:SourceArn": `${logGroupArn}:*` } },
    },
  ];
}

/** AWS IoT may assume the role for one rule (IoT guide, "Cross-service confused deputy prevention"). */
export function iotTrust(account: string, ruleArn: string): Statement[] {
  return [
    {
      Sid: "IotRule",
      Effect: "Allow",
      Principal: { Service: "iot.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnEquals: { "aws:SourceArn": ruleArn },
      },
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
