import * as pulumi from "@pulumi/pulumi";
import * as kms from "@pulumi/aws/kms/index.js";
import { policyDocument, type Statement } from "../iam/policy-document.ts";
import { keyPolicy } from "../iam/key.ts";
import type { Names } from "../names.ts";
import type { Settings } from "../settings.ts";
import { transformed, type Transform } from "../transform.ts";
import { alarmKeysOf, type AlarmsArgs } from "./alarms.ts";
import type { PartArgs } from "./part.ts";

export interface EncryptionKeyArgs extends PartArgs {
  settings: Pick<Settings, "alarms" | "httpIngest" | "iotTopicFilter"> & AlarmsArgs["settings"];
  transform?: Transform<kms.KeyArgs> | undefined;
}

/** The pipeline's own key: rotated yearly, for the stream, the buckets, the logs and the alarms. */
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
          policy: names.apply((n) => policyDocument(policyFor(n, args.settings))),
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

/** The key's policy, with the log groups and alarms that the pipeline has. */
function policyFor(names: Names, settings: EncryptionKeyArgs["settings"]): Statement[] {
  const logGroups = [
    names.logGroup,
    ...(settings.httpIngest ? [names.httpLogGroup] : []),
    ...(settings.iotTopicFilter === undefined ? [] : [names.iotLogGroup]),
  ];
  return keyPolicy(
    names,
    logGroups.map(({ arn }) => arn),
    settings.alarms ? alarmKeysOf(settings) : [],
  );
}
