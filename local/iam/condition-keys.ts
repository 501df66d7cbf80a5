/**
 * Condition keys of which the emulator knows that a call which does not carry them doesn't carry them on AWS either. About any
 * other key it says so instead of guessing: a key that AWS would fill in, such as `aws:SourceIp`, makes a negated
 * condition true when it is taken for absent.
 */
const keysThatMayBeAbsent = new Set(
  [
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:TagKeys",
    "aws:username",
    "kms:EncryptionContextKeys",
    "kms:GrantIsForAWSResource",
    "kms:ViaService",
    "s3:delimiter",
    "s3:max-keys",
    "s3:prefix",
    "s3:x-amz-acl",
    "s3:x-amz-server-side-encryption",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:x-amz-server-side-encryption-customer-algorithm",
    "sts:ExternalId",
  ].map((key) => key.toLowerCase()),
);

/** The same for keys whose name goes on: a tag, or a key of the encryption context. */
const prefixesThatMayBeAbsent = ["aws:principaltag/", "aws:requesttag/", "kms:encryptioncontext:"];

/** Whether a request without this key is a request without it on AWS. */
export function mayBeAbsent(key: string): boolean {
  const name = key.toLowerCase();
  return keysThatMayBeAbsent.has(name) || prefixesThatMayBeAbsent.some((prefix) => name.startsWith(prefix));
}
