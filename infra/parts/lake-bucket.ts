import * as pulumi from "@pulumi/pulumi";
import * as iam from "@pulumi/aws/iam/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import { policyDocument, type Statement } from "../iam/policy-document.ts";
import { tlsOnly } from "../iam/bucket-access.ts";
import type { Settings } from "../settings.ts";
import { transformed, type Transform } from "../transform.ts";
import { lifecycleRules, type Lifecycle } from "./lifecycle.ts";

export interface LakeBucketArgs {
  bucketName: pulumi.Input<string>;
  bucketArn: pulumi.Input<string>;
  tags: Record<string, string>;
  /** The key of the objects; without one they are encrypted by S3's own (SSE-S3), as access logs have to be. */
  keyArn?: pulumi.Input<string>;
  /** The only role that writes here, made with the bucket. */
  writer?: BucketWriterArgs;
  lifecycle: Lifecycle;
  settings: Pick<Settings, "versioning" | "forceDestroy">;
  /** Statements of the bucket's policy besides "TLS only". */
  bucketPolicy?: pulumi.Input<Statement[]>;
  /** Where requests to this bucket are logged. */
  accessLogs?: { bucketName: pulumi.Input<string>; folder: string; dependsOn: pulumi.Resource };
  transform?: Transform<s3.BucketArgs> | undefined;
}

export interface BucketWriterArgs {
  roleName: pulumi.Input<string>;
  description: string;
  trust: pulumi.Input<Statement[]>;
  access: pulumi.Input<Statement[]>;
  /** In a policy of its own: a key's ARN is unknown in the first preview, and must not hide the rest. */
  keyUse: pulumi.Input<Statement[]>;
}

/** A bucket as it should be: private, encrypted, TLS only, no ACLs, with a lifecycle and a writer role of its own. */
export class LakeBucket extends pulumi.ComponentResource {
  readonly bucket: s3.Bucket;
  /** The role that writes here; absent where none was asked for. */
  readonly role: iam.Role | undefined;
  /** What a writer has to wait for: IAM grants nothing before its policies exist. */
  readonly rolePolicies: iam.RolePolicy[] = [];

  constructor(name: string, args: LakeBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:LakeBucket", name, {}, opts);
    this.bucket = this.#createBucket(name, args);
    this.#keepPrivate(name, args);
    this.#encrypt(name, args);
    this.#keepAndExpire(name, args);
    this.#logRequests(name, args);
    this.role = this.#createWriterRole(name, args);
    this.registerOutputs({ bucketName: this.bucket.bucket });
  }

  #createBucket(name: string, args: LakeBucketArgs): s3.Bucket {
    return new s3.Bucket(
      name,
      ...transformed(
        args.transform,
        { bucket: args.bucketName, forceDestroy: args.settings.forceDestroy, tags: args.tags },
        { parent: this },
      ),
    );
  }

  #keepPrivate(name: string, args: LakeBucketArgs): void {
    const bucket = this.bucket.bucket;
    const parent = { parent: this };
    const block = new s3.BucketPublicAccessBlock(
      name,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      parent,
    );
    new s3.BucketOwnershipControls(
      name,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      parent,
    );
    const policy = pulumi
      .all([args.bucketArn, args.bucketPolicy ?? []])
      .apply(([arn, statements]) => policyDocument([...tlsOnly(arn), ...statements]));
    // S3 answers "conflicting operation" when block and policy are put at the same time.
    new s3.BucketPolicy(name, { bucket, policy }, { parent: this, dependsOn: [block] });
  }

  #encrypt(name: string, args: LakeBucketArgs): void {
    const rule = args.keyArn
      ? {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn },
          bucketKeyEnabled: true,
        }
      : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    new s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket: this.bucket.bucket, rules: [rule] },
      { parent: this },
    );
  }

  #keepAndExpire(name: string, args: LakeBucketArgs): void {
    const bucket = this.bucket.bucket;
    const dependsOn: pulumi.Resource[] = [];
    if (args.settings.versioning) {
      const versioning = new s3.BucketVersioning(
        name,
        { bucket, versioningConfiguration: { status: "Enabled" } },
        { parent: this },
      );
      dependsOn.push(versioning);
    }
    new s3.BucketLifecycleConfiguration(
      name,
      { bucket, rules: lifecycleRules(args.lifecycle) },
      { parent: this, dependsOn },
    );
  }

  #logRequests(name: string, args: LakeBucketArgs): void {
    if (!args.accessLogs) return;
    const { bucketName, folder, dependsOn } = args.accessLogs;
    new s3.BucketLogging(
      name,
      { bucket: this.bucket.bucket, targetBucket: bucketName, targetPrefix: folder },
      { parent: this, dependsOn },
    );
  }

  #createWriterRole(name: string, args: LakeBucketArgs): iam.Role | undefined {
    if (!args.writer) return undefined;
    const { roleName, description, trust, access, keyUse } = args.writer;
    const document = (statements: pulumi.Input<Statement[]>) =>
      pulumi.output(statements).apply(policyDocument);
    const role = new iam.Role(
      name,
      { name: roleName, description, assumeRolePolicy: document(trust), tags: args.tags },
      { parent: this },
    );
    const policy = (policyName: string, statements: pulumi.Input<Statement[]>) =>
      new iam.RolePolicy(
        `${name}-${policyName}`,
        { name: policyName, role: role.name, policy: document(statements) },
        { parent: this },
      );
    this.rolePolicies.push(policy("write-bucket", access), policy("use-key", keyUse));
    return role;
  }
}
