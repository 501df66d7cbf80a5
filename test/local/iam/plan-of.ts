import type { DeploymentDocument, PlannedResource } from "../../../plan/deployment.ts";

/** A resource as a test writes it: type, name and inputs; outputs where the test is about them. */
export type Declared = [
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  outputs?: Record<string, unknown>,
];

/** A plan that declares just these resources. */
export function planOf(...declared: Declared[]): DeploymentDocument {
  const resources = declared.map(([type, name, inputs, outputs = {}]): PlannedResource => ({
    urn: `urn:pulumi:local::sluice::${type}::${name}`,
    custom: true,
    type,
    inputs,
    outputs,
  }));
  return { version: 3, deployment: { manifest: { time: "", magic: "", version: "" }, resources } };
}

/** The JSON text of a policy with these statements. */
export function policyText(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export const account = "123456789012";
export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** A role that Firehose may assume, with one inline policy. */
export function role(name: string, ...statements: object[]): Declared[] {
  const trust = policyText({
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": account } },
  });
  const declared: Declared = [
    "aws:iam/role:Role",
    name,
    { name, assumeRolePolicy: trust },
    { arn: roleArn(name) },
  ];
  if (statements.length === 0) return [declared];
  const policy = { name: `${name}-policy`, role: name, policy: policyText(...statements) };
  return [declared, ["aws:iam/rolePolicy:RolePolicy", `${name}-policy`, policy]];
}
