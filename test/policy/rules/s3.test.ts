import { s3Lifecycle } from "../../../policy/cost/rules/s3-lifecycle.ts";
import { s3Versioning } from "../../../policy/reliability/rules/s3-versioning.ts";
import { s3AccessLogging } from "../../../policy/security/rules/s3-access-logging.ts";
import { s3AclsDisabled } from "../../../policy/security/rules/s3-acls-disabled.ts";
import { s3Encryption } from "../../../policy/security/rules/s3-encryption.ts";
import { s3NoPublicGrants } from "../../../policy/security/rules/s3-no-public-grants.ts";
import { s3PublicAccessBlock } from "../../../policy/security/rules/s3-public-access-block.ts";
import { s3TlsOnly } from "../../../policy/security/rules/s3-tls-only.ts";
import { statefulProtection } from "../../../policy/security/rules/stateful-protection.ts";
import { absent } from "../edits.ts";
import { bucket, bucketWith, companion, stream } from "../fixtures.ts";
import { describeRule } from "../rule-suite.ts";

const tlsOnly = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

/** Ways in which a companion is joined, or is there under another name. */
const joins = (module: string) => ({
  "a companion joined by the name alone": { edits: { "companion/from": {} } },
  "the types' second spelling": {
    edits: {
      "lake/type": "aws:s3/bucketV2:BucketV2",
      "companion/type": `aws:s3/${module}V2:${module.charAt(0).toUpperCase()}${module.slice(1)}V2`,
    },
  },
});

describe("S3 rules", () => {
  const block = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  describeRule({
    rule: s3PublicAccessBlock,
    compliant: bucketWith({ companion: companion("bucketPublicAccessBlock", block) }),
    passing: { "a block joined by the name alone": { edits: { "companion/from": {} } } },
    failing: {
      "no block": {
        edits: { companion: absent },
        says: /^lake: no BucketPublicAccessBlock names this bucket/,
      },
      "a block of another bucket": {
        edits: { "companion/from": {}, "companion/props/bucket": "other" },
        says: /no BucketPublicAccessBlock/,
      },
      "a flag that is off": {
        edits: { "companion/props/blockPublicPolicy": false },
        says: /^lake: blockPublicPolicy is not true/,
      },
      "a flag that is unset": {
        edits: { "companion/props/restrictPublicBuckets": absent },
        says: /restrictPublicBuckets is not true/,
      },
    },
  });

  describeRule({
    rule: s3TlsOnly,
    compliant: bucketWith({ companion: companion("bucketPolicy", { policy: { Statement: [tlsOnly] } }) }),
    passing: {
      "a condition that holds without the key as well": {
        edits: {
          "companion/props/policy/Statement/0/Condition": {
            BoolIfExists: { "aws:SecureTransport": false },
          },
        },
      },
      "one pattern for the bucket and its objects": {
        edits: { "companion/props/policy/Statement/0/Resource": "arn:aws:s3:::lake*" },
      },
      "a statement each for the bucket and its objects": {
        edits: {
          "companion/props/policy/Statement": [
            { ...tlsOnly, Resource: "arn:aws:s3:::lake" },
            { ...tlsOnly, Resource: "arn:aws:s3:::lake/*" },
          ],
        },
      },
      "a policy as text": { edits: { "companion/props/policy": JSON.stringify({ Statement: tlsOnly }) } },
      "a policy of the bucket itself": {
        edits: { companion: absent, "lake/props/policy": { Statement: [tlsOnly] } },
      },
    },
    failing: {
      "no policy": { edits: { companion: absent }, says: /no BucketPolicy/ },
      "a statement that allows": {
        edits: { "companion/props/policy/Statement/0/Effect": "Allow" },
        says: /no statement denies/,
      },
      "a statement for some principals": {
        edits: { "companion/props/policy/Statement/0/Principal": { AWS: ["111122223333"] } },
        says: /no statement denies/,
      },
      "a statement for one action": {
        edits: { "companion/props/policy/Statement/0/Action": "s3:GetObject" },
        says: /no statement denies/,
      },
      "a statement without the objects": {
        edits: { "companion/props/policy/Statement/0/Resource": ["arn:aws:s3:::lake"] },
        says: /no statement denies/,
      },
      "a second condition, which narrows the first": {
        edits: {
          "companion/props/policy/Statement/0/Condition/StringEquals": { "aws:PrincipalAccount": "1" },
        },
        says: /no statement denies/,
      },
      "another condition": {
        edits: {
          "companion/props/policy/Statement/0/Condition": { Bool: { "aws:SecureTransport": "true" } },
        },
        says: /no statement denies/,
      },
      "no lowest TLS version where one is wanted": { config: { minTls: "1.2" }, says: /TLS below 1.2/ },
      "a policy that is no JSON": {
        edits: { "companion/props/policy": "{" },
        says: /unexpected form \(policy is no JSON\)/,
      },
    },
  });

  describeRule({
    rule: s3NoPublicGrants,
    compliant: {
      policy: companion("bucketPolicy", {
        policy: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::111122223333:root" },
              Action: "s3:GetObject",
              Resource: "*",
            },
          ],
        },
      }),
    },
    passing: {
      "everybody of an organisation": {
        edits: {
          "policy/props/policy/Statement/0/Principal": "*",
          "policy/props/policy/Statement/0/Condition": { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
      },
      "everybody from some addresses": {
        edits: {
          "policy/props/policy/Statement/0/Principal": "*",
          "policy/props/policy/Statement/0/Condition": { IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] } },
        },
      },
      "a denial for everybody": {
        edits: {
          "policy/props/policy/Statement/0/Principal": "*",
          "policy/props/policy/Statement/0/Effect": "Deny",
        },
      },
    },
    failing: {
      "a grant to everybody from all addresses": {
        edits: {
          "policy/props/policy/Statement/0/Principal": "*",
          "policy/props/policy/Statement/0/Condition": { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
        },
        says: /statement 1 grants to everybody$/,
      },
      "a grant to everybody": {
        edits: { "policy/props/policy/Statement/0/Principal": { AWS: "*" } },
        says: /statement 1 grants to everybody$/,
      },
      "a condition that an absent key meets": {
        edits: {
          "policy/props/policy/Statement/0/Principal": "*",
          "policy/props/policy/Statement/0/Condition": { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
        says: /grants to everybody/,
      },
      NotPrincipal: {
        edits: { "policy/props/policy/Statement/0/NotPrincipal": { AWS: "111122223333" } },
        says: /NotPrincipal/,
        presenceOnly: true,
      },
      "an account that the configuration does not name": {
        config: { allowedAccounts: ["999900001111"] },
        says: /grants to the account 111122223333/,
      },
      "a public ACL": {
        edits: { "policy/type": "aws:s3/bucketAcl:BucketAcl", "policy/props": { acl: "public-read" } },
        says: /the ACL is public-read/,
      },
      "a public grant of a bucket": {
        edits: {
          "policy/type": "aws:s3/bucket:Bucket",
          "policy/props": { grants: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] },
        },
        says: /a grant names .*AllUsers/,
      },
      "a public grant of an ACL": {
        edits: {
          "policy/type": "aws:s3/bucketAclV2:BucketAclV2",
          "policy/props": {
            accessControlPolicy: {
              grants: [{ grantee: { uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" } }],
            },
          },
        },
        says: /a grant names .*AuthenticatedUsers/,
      },
    },
  });

  describeRule({
    rule: s3AclsDisabled,
    compliant: bucketWith({
      ownership: companion("bucketOwnershipControls", { rule: { objectOwnership: "BucketOwnerEnforced" } }),
    }),
    passing: { "the ACL that stands for none": { edits: { "lake/props/acl": "private" } } },
    failing: {
      "ACLs that are on": {
        edits: { "ownership/props/rule/objectOwnership": "ObjectWriter" },
        says: /objectOwnership is ObjectWriter/,
      },
      "an ownership of which nothing is said": {
        edits: { "ownership/props/rule": absent },
        says: /objectOwnership is unset/,
      },
      "an ACL": { edits: { "ownership/type": "aws:s3/bucketAcl:BucketAcl" }, says: /declares an ACL/ },
      "an ACL of the bucket": {
        edits: { "lake/props/acl": "log-delivery-write" },
        says: /lake: acl is set/,
      },
      "grants of the bucket": {
        edits: { "lake/props/grants": [{ type: "Group", uri: "x", permissions: ["READ"] }] },
        says: /lake: grants is set/,
        presenceOnly: true,
      },
    },
  });

  const encryption = {
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "k" },
        bucketKeyEnabled: true,
      },
    ],
  };
  const encryptionRule = "companion/props/rules/0";
  describeRule({
    rule: s3Encryption,
    compliant: bucketWith({ companion: companion("bucketServerSideEncryptionConfiguration", encryption) }),
    passing: {
      ...joins("bucketServerSideEncryptionConfiguration"),
      "S3's own key, without a bucket key": {
        edits: { [encryptionRule]: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } },
      },
      "the bucket's own, deprecated property": {
        edits: {
          companion: absent,
          "lake/props/serverSideEncryptionConfiguration": { rule: encryption.rules[0] },
        },
      },
      "the lists of a BucketV2": {
        edits: {
          companion: absent,
          "lake/type": "aws:s3/bucketV2:BucketV2",
          "lake/props/serverSideEncryptionConfigurations": [
            {
              rules: [
                {
                  applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms" }],
                  bucketKeyEnabled: true,
                },
              ],
            },
          ],
        },
      },
      "no bucket key where none is wanted": {
        edits: { [`${encryptionRule}/bucketKeyEnabled`]: false },
        config: { requireBucketKey: false },
      },
    },
    failing: {
      "nothing said of encryption": {
        edits: { companion: absent },
        says: /no BucketServerSideEncryptionConfiguration/,
      },
      "KMS without a bucket key": {
        edits: { [`${encryptionRule}/bucketKeyEnabled`]: absent },
        says: /bucketKeyEnabled is not true/,
      },
      "no rule": { edits: { "companion/props/rules": [] }, says: /has no rule/ },
      "an algorithm that is not accepted": {
        config: { algorithms: ["AES256"] },
        edits: { [`${encryptionRule}/applyServerSideEncryptionByDefault/sseAlgorithm`]: "aws:kms:dsse" },
        says: /aws:kms:dsse; use AES256/,
      },
    },
  });

  const lifecycle = {
    rules: [
      {
        id: "expire",
        status: "Enabled",
        expiration: { days: 365 },
        noncurrentVersionExpiration: { noncurrentDays: 30 },
      },
      {
        id: "abort",
        status: "Enabled",
        filter: {},
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ],
  };
  const versioning = companion("bucketVersioning", { versioningConfiguration: { status: "Enabled" } });
  describeRule({
    rule: s3Lifecycle,
    compliant: bucketWith({ companion: companion("bucketLifecycleConfiguration", lifecycle), versioning }),
    passing: {
      ...joins("bucketLifecycleConfiguration"),
      "the lists of a BucketV2": {
        edits: {
          companion: absent,
          "lake/type": "aws:s3/bucketV2:BucketV2",
          "lake/props/lifecycleRules": [
            {
              enabled: true,
              expirations: [{ days: 1 }],
              noncurrentVersionExpirations: [{ days: 1 }],
              abortIncompleteMultipartUploadDays: 1,
            },
          ],
        },
      },
      "blocks of a stored state that are null": {
        edits: { "companion/props/rules/0/transitions": null, "companion/props/rules/0/filter": null },
      },
      "objects that move instead of expiring": {
        edits: {
          "companion/props/rules/0/expiration": absent,
          "companion/props/rules/0/transitions": [{ days: 90, storageClass: "GLACIER" }],
        },
      },
      "no noncurrent expiry without versions": {
        edits: { versioning: absent, "companion/props/rules/0/noncurrentVersionExpiration": absent },
      },
      "the bucket's own, deprecated property": {
        edits: {
          companion: absent,
          versioning: absent,
          "lake/props/lifecycleRules": [
            { enabled: true, expiration: { days: 1 }, abortIncompleteMultipartUploadDays: 1 },
          ],
        },
      },
    },
    failing: {
      "an expiration of delete markers alone": {
        edits: { "companion/props/rules/0/expiration": { days: 0, expiredObjectDeleteMarker: true } },
        says: /expires or moves/,
      },
      "versions that the bucket itself declares": {
        edits: {
          versioning: absent,
          "lake/props/versioning": { enabled: true },
          "companion/props/rules/0/noncurrentVersionExpiration": absent,
        },
        says: /no rule expires noncurrent versions/,
      },
      "no lifecycle": { edits: { companion: absent }, says: /no BucketLifecycleConfiguration/ },
      "objects that stay for ever": {
        edits: { "companion/props/rules/0/expiration": absent },
        says: /expires or moves/,
      },
      "uploads that are never aborted": {
        edits: { "companion/props/rules/1/status": "Disabled" },
        says: /aborts multipart uploads/,
      },
      "uploads that are aborted late": {
        edits: { "companion/props/rules/1/abortIncompleteMultipartUpload/daysAfterInitiation": 30 },
        says: /within 7 days/,
      },
      "uploads that are aborted in one folder": {
        edits: { "companion/props/rules/1/filter": { prefix: "tmp/" } },
        says: /whole bucket/,
      },
      "versions that stay for ever": {
        edits: { "companion/props/rules/0/noncurrentVersionExpiration": absent },
        says: /noncurrent/,
      },
    },
  });

  describeRule({
    rule: s3Versioning,
    compliant: bucketWith({ companion: versioning }),
    passing: {
      ...joins("bucketVersioning"),
      "a bucket that its tag exempts": {
        edits: { companion: absent, "lake/props/tags/pipeline": "scratch" },
        config: { exemptTags: { pipeline: "scratch" } },
      },
      "the bucket's own, deprecated property": {
        edits: { companion: absent, "lake/props/versioning": { enabled: true } },
      },
      "the list of a BucketV2": {
        edits: { companion: absent, "lake/props/versionings": [{ enabled: true }] },
      },
    },
    failing: {
      "no versioning": { edits: { companion: absent }, says: /no BucketVersioning/ },
      "suspended versioning": {
        edits: { "companion/props/versioningConfiguration/status": "Suspended" },
        says: /not Enabled/,
      },
    },
  });

  const logging = {
    lake: bucket,
    logs: { ...bucket, props: { bucket: "logs" } },
    companion: {
      ...companion("bucketLogging", { targetBucket: "logs", targetPrefix: "lake/" }),
      from: { bucket: ["lake"], targetBucket: ["logs"] },
    },
  };
  describeRule({
    rule: s3AccessLogging,
    compliant: logging,
    passing: joins("bucketLogging"),
    failing: {
      "a bucket that logs nothing": {
        edits: { other: { ...bucket, props: { bucket: "other" } } },
        says: /^other: no BucketLogging/,
      },
      "a bucket that logs into itself": {
        edits: {
          logs: absent,
          "companion/from/targetBucket": ["lake"],
          "companion/props/targetBucket": "lake",
        },
        says: /logs into itself/,
        presenceOnly: true,
      },
      "the bucket for logs where it must log as well": {
        config: { exemptLogBuckets: false },
        says: /^logs: no BucketLogging/,
      },
    },
  });

  describeRule({
    rule: statefulProtection,
    compliant: { lake: bucket, stream },
    passing: {
      "a stack that is not protected": {
        edits: { "lake/props/forceDestroy": true },
        config: { stacks: ["^live$"] },
      },
      "resources with the option protect": {
        edits: { "lake/protect": true, "stream/protect": true },
        config: { requireProtect: true },
      },
    },
    failing: {
      "a bucket that goes with its objects": {
        edits: { "lake/props/forceDestroy": true },
        says: /forceDestroy is true/,
      },
      "a stream without the option protect": {
        edits: { "lake/protect": true },
        config: { requireProtect: true },
        says: /^stream: the resource option protect/,
      },
    },
  });
});
