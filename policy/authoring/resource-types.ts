/** Pulumi types that more than one rule is about. The S3 ones come in two spellings: `X` and `XV2`. */
export const deliveryStream = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
export const stream = "aws:kinesis/stream:Stream";
export const glueTable = "aws:glue/catalogTable:CatalogTable";
export const workgroup = "aws:athena/workgroup:Workgroup";
export const role = "aws:iam/role:Role";
export const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
export const managedPolicy = "aws:iam/policy:Policy";
export const rolePolicyAttachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** `bucketVersioning` → both tokens of `BucketVersioning`, old and new. */
function bothSpellings(module: string): readonly string[] {
  const type = module.charAt(0).toUpperCase() + module.slice(1);
  return [`aws:s3/${module}:${type}`, `aws:s3/${module}V2:${type}V2`];
}

export const bucket = bothSpellings("bucket");
export const bucketAcl = bothSpellings("bucketAcl");
export const bucketEncryption = bothSpellings("bucketServerSideEncryptionConfiguration");
export const bucketLifecycle = bothSpellings("bucketLifecycleConfiguration");
export const bucketLogging = bothSpellings("bucketLogging");
export const bucketVersioning = bothSpellings("bucketVersioning");
export const bucketPolicy = ["aws:s3/bucketPolicy:BucketPolicy"] as const;
export const bucketPublicAccessBlock = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] as const;
export const bucketOwnershipControls = ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"] as const;
