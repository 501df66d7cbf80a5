import * as pulumi from "@pulumi/pulumi";
import * as kms from "@pulumi/aws/kms/index.js";
import { policyDocument } from "../iam/policy-document.ts";
import { keyPolicy } from "../iam/key.ts";
import { transformed, type Transform } from "../transform.ts";
import type { PartArgs } from "./part.ts";

export interface EncryptionKeyArgs extends PartArgs {
  transform?: Transform<kms.KeyArgs> | undefined;
}

/** The pipeline's own key: rotated yearly, for the stream, the buckets, the error log and the alarms. */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly key: kms.Key;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:EncryptionKey", name, {}, opts);
    const { names, tags } = args;
    this.key = new kms.Key(
      name,
      ...transformed(
        args.transform,
        {
          description: pulumi.interpolate`Encrypts ${names.base}`,
          enableKeyRotation: true,
          deletionWindowInDays: 30,
          policy: names.apply((n) => policyDocument(keyPolicy(n))),
          tags,
        },
        { parent: this },
      ),
    );
    new kms.Alias(name, { name: names.keyAlias, targetKeyId: this.key.keyId }, { parent: this });
    this.arn = this.key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
