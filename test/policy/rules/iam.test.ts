import { iamLeastPrivilege } from "../../../policy/security/rules/iam-least-privilege.ts";
import { iamRoleBucketIsolation } from "../../../policy/security/rules/iam-role-bucket-isolation.ts";
import { iamTrustPolicy } from "../../../policy/security/rules/iam-trust-policy.ts";
import { absent } from "../edits.ts";
import { role, rolePolicy } from "../fixtures.ts";
import { describeRule } from "../rule-suite.ts";

const statement = "policy/props/policy/Statement/0";

describe("IAM rules", () => {
  describeRule({
    rule: iamLeastPrivilege,
    compliant: { policy: rolePolicy },
    passing: {
      "a document as text": { edits: { "policy/props/policy": JSON.stringify(rolePolicy.props["policy"]) } },
      "a denial of everything": {
        edits: {
          [`${statement}/Effect`]: "Deny",
          [`${statement}/Action`]: "*",
          [`${statement}/Resource`]: "*",
        },
      },
      "an action on * that the configuration names": {
        edits: { [`${statement}/Action`]: "ec2:DescribeRegions", [`${statement}/Resource`]: "*" },
        config: { allowWildcardResourceActions: ["ec2:describeregions", "athena:ListWorkGroups"] },
      },
      "some roles to pass on": {
        edits: {
          [`${statement}/Action`]: "iam:PassRole",
          [`${statement}/Resource`]: "arn:aws:iam::123456789012:role/delivery-*",
        },
      },
      "an empty block of inline policies": {
        edits: { policy: { ...role, props: { inlinePolicies: [{}] } } },
      },
    },
    failing: {
      "all actions of a service": {
        edits: { [`${statement}/Action`]: ["s3:*"] },
        says: /statement Write allows s3:\*/,
      },
      "all actions": { edits: { [`${statement}/Action`]: "*" }, says: /allows \*/ },
      "everything but a list": {
        edits: { [`${statement}/Action`]: absent, [`${statement}/NotAction`]: "iam:*" },
        says: /NotAction/,
      },
      "all resources but a list": {
        edits: { [`${statement}/Resource`]: absent, [`${statement}/NotResource`]: "a" },
        says: /NotResource/,
      },
      "every resource": {
        edits: { [`${statement}/Resource`]: "*" },
        says: /allows s3:PutObject on every resource/,
      },
      "every bucket": { edits: { [`${statement}/Resource`]: ["arn:aws:s3:::*"] }, says: /on every resource/ },
      "PassRole on every role": {
        edits: { [`${statement}/Action`]: "iam:PassRole", [`${statement}/Resource`]: "*" },
        says: /iam:PassRole on every resource/,
      },
      "PassRole on every role of an account": {
        edits: {
          [`${statement}/Action`]: "iam:PassRole",
          [`${statement}/Resource`]: "arn:aws:iam::123456789012:role/*",
        },
        says: /iam:PassRole on every role/,
      },
      "a pattern of actions among which some give more rights": {
        edits: { [`${statement}/Action`]: "iam:Put*" },
        says: /allows iam:Put\*, which can give more rights/,
      },
      "an action that can give more rights": {
        edits: { [`${statement}/Action`]: "iam:putrolepolicy" },
        says: /can give more rights/,
      },
      "an inline policy of a role": {
        edits: {
          policy: {
            ...role,
            props: {
              inlinePolicies: [
                { name: "x", policy: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } } },
              ],
            },
          },
        },
        says: /statement 1 allows \*/,
      },
      "a document without statements": {
        edits: { "policy/props/policy": {} },
        says: /policy is no IAM policy, see Statement/,
      },
    },
  });

  const trust = "delivery/props/assumeRolePolicy/Statement/0";
  describeRule({
    rule: iamTrustPolicy,
    compliant: { delivery: role },
    passing: {
      "Lambda, which acts for nobody else": {
        edits: { [`${trust}/Principal/Service`]: "lambda.amazonaws.com", [`${trust}/Condition`]: absent },
      },
      "a service without a source where none is wanted": {
        edits: { [`${trust}/Condition`]: absent },
        config: { requireConfusedDeputy: false },
      },
      "a service with its region": {
        edits: { [`${trust}/Principal/Service`]: "logs.eu-central-1.amazonaws.com" },
      },
      "the streams of one account": {
        edits: {
          [`${trust}/Condition`]: {
            ArnLike: { "aws:SourceArn": "arn:aws:firehose:*:123456789012:deliverystream/*" },
          },
        },
      },
      "an account that is trusted": {
        edits: {
          [`${trust}/Principal`]: { AWS: "arn:aws:iam::111122223333:root" },
          [`${trust}/Condition`]: absent,
        },
        config: { trustedAccounts: ["111122223333"] },
      },
    },
    failing: {
      "a service for any account": {
        edits: { [`${trust}/Condition`]: absent },
        says: /trusts firehose.amazonaws.com for any account/,
      },
      "a condition that an absent key meets": {
        edits: { [`${trust}/Condition`]: { StringEqualsIfExists: { "aws:SourceAccount": "1" } } },
        says: /for any account/,
      },
      "the streams of whatever account": {
        edits: { [`${trust}/Condition`]: { ArnLike: { "aws:SourceArn": "arn:aws:firehose:*:*:*" } } },
        says: /for any account/,
      },
      "a service that is not accepted": {
        edits: { [`${trust}/Principal/Service`]: "ec2.amazonaws.com" },
        says: /trusts ec2.amazonaws.com/,
      },
      everybody: { edits: { [`${trust}/Principal`]: "*" }, says: /trusts everybody \(\*\)/ },
      "everybody but a list": {
        edits: { [`${trust}/NotPrincipal`]: { AWS: "1" } },
        says: /NotPrincipal/,
        presenceOnly: true,
      },
      "another account without an external id": {
        edits: {
          [`${trust}/Principal`]: { AWS: "arn:aws:iam::999900001111:root" },
          [`${trust}/Condition`]: absent,
        },
        config: { trustedAccounts: ["111122223333"] },
        says: /trusts the account 999900001111 without sts:ExternalId/,
      },
    },
  });

  const compliant = { delivery: role, policy: rolePolicy };
  const secondBucket = { Effect: "Allow", Action: ["s3:DeleteObject"], Resource: "arn:aws:s3:::other/*" };
  describeRule({
    rule: iamRoleBucketIsolation,
    compliant,
    passing: {
      "a role that reads another bucket": {
        edits: { "policy/props/policy/Statement/1": { ...secondBucket, Action: "s3:GetObject" } },
      },
      "two buckets where two are accepted": {
        edits: { "policy/props/policy/Statement/1": secondBucket },
        config: { maxBuckets: 2 },
      },
      "another role's policy": {
        edits: {
          "policy/from": {},
          "policy/props/role": "other",
          "policy/props/policy/Statement/1": secondBucket,
        },
      },
    },
    failing: {
      "a role that writes to two buckets": {
        edits: { "policy/props/policy/Statement/1": secondBucket },
        says: /^delivery: the role writes to 2 buckets: lake, other/,
      },
      "two policies with a bucket each": {
        edits: {
          second: {
            ...rolePolicy,
            from: {},
            props: { role: "delivery", policy: { Statement: [secondBucket] } },
          },
        },
        says: /writes to 2 buckets/,
      },
      "every bucket": {
        edits: { [`${statement}/Resource`]: "arn:aws:s3:::*" },
        says: /writes to all buckets of a pattern: \*/,
      },
      "buckets of a pattern": {
        edits: { [`${statement}/Resource`]: "arn:aws:s3:::lake-*/*" },
        says: /all buckets of a pattern: lake-\*/,
      },
      "an inline policy for a second bucket": {
        edits: { "delivery/props/inlinePolicies": [{ policy: { Statement: [secondBucket] } }] },
        says: /2 buckets/,
      },
      "a policy of the stack that is attached": {
        edits: {
          managed: { type: "aws:iam/policy:Policy", props: { policy: { Statement: [secondBucket] } } },
          attachment: {
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            props: { role: "delivery", policyArn: "arn" },
            from: { policyArn: ["managed"] },
          },
        },
        says: /2 buckets/,
      },
      "a broad managed policy": {
        edits: {
          attachment: {
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            props: { role: "delivery", policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
          },
        },
        says: /carries arn:aws:iam::aws:policy\/AmazonS3FullAccess/,
        presenceOnly: true,
      },
      "a broad managed policy of the role itself": {
        edits: { "delivery/props/managedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"] },
        says: /AdministratorAccess/,
      },
    },
  });
});
