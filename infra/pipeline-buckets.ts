import * as pulumi from "@pulumi/pulumi";
import type { Layout } from "../schema/layout.ts";
import { analystKeyUse, analystPolicy } from "./iam/analyst.ts";
import { receiveAccessLogs, useBucketKey, writeBucket } from "./iam/bucket-access.ts";
import { analystTrust, firehoseTrust } from "./iam/trust.ts";
import type { Names } from "./names.ts";
import { LakeBucket, type BucketWriterArgs, type LakeBucketArgs } from "./parts/lake-bucket.ts";
import { dataLifecycle } from "./parts/lifecycle.ts";
import type { PartArgs } from "./parts/part.ts";
import type { Settings } from "./settings.ts";
import type { Transforms } from "./transforms.ts";

/** What the buckets of one pipeline have in common. */
export interface PipelineBucketArgs extends PartArgs {
  settings: Settings;
  layout: Layout;
  keyArn: pulumi.Output<string>;
  /** Where requests to the bucket are logged, if they are. */
  accessLogs: LakeBucket | undefined;
  transform: Transforms | undefined;
}

/** The Parquet objects and the error output; Firehose writes here. */
export function lakeBucket(
  name: string,
  args: PipelineBucketArgs,
  opts: pulumi.ComponentResourceOptions,
): LakeBucket {
  return dataBucket(name, "lakeBucket", args, opts, dataLifecycle(args.settings), {
    roleName: args.names.deliveryRole.name,
    description: "Firehose reads the stream and writes the lake bucket, no other.",
    ...firehoseWriter(args, "lakeBucket", [args.layout.dataFolder, args.layout.errorFolder]),
  });
}

/** The records as they came; Firehose writes here, by another role. */
export function backupBucket(
  name: string,
  args: PipelineBucketArgs,
  opts: pulumi.ComponentResourceOptions,
): LakeBucket {
  return dataBucket(name, "backupBucket", args, opts, dataLifecycle(args.settings), {
    roleName: args.names.backupRole.name,
    description: "Firehose keeps the records as they came in the backup bucket, no other.",
    ...firehoseWriter(args, "backupBucket", ["raw/", "errors/"]),
  });
}

/** The answers of queries; Athena writes here with the analyst's rights. */
export function resultsBucket(
  name: string,
  args: PipelineBucketArgs,
  opts: pulumi.ComponentResourceOptions,
): LakeBucket {
  const { names, settings, layout, keyArn } = args;
  const everyoneOf = ({ location }: Names) => [`arn:${location.partition}:iam::${location.account}:root`];
  return dataBucket(
    name,
    "resultsBucket",
    args,
    opts,
    { expiryDays: settings.resultExpiryDays },
    {
      roleName: names.analystRole.name,
      description: "Analysts query in one workgroup; its results go to the results bucket, no other.",
      trust: names.apply((n) => analystTrust(settings.analystPrincipalArns ?? everyoneOf(n))),
      access: names.apply((n) => analystPolicy(n, layout.dataFolder)),
      keyUse: pulumi.all([keyArn, names]).apply(([arn, n]) => analystKeyUse(arn, n)),
    },
  );
}

/** Requests to the other buckets; S3 itself writes here, and can't use a customer's key for it. */
export function accessLogsBucket(
  name: string,
  args: Omit<PipelineBucketArgs, "keyArn" | "accessLogs" | "layout">,
  opts: pulumi.ComponentResourceOptions,
): LakeBucket {
  const { names, tags, settings } = args;
  const sources = (n: Names) => [
    n.lakeBucket,
    n.resultsBucket,
    ...(settings.rawBackup ? [n.backupBucket] : []),
  ];
  return new LakeBucket(
    name,
    {
      bucketName: names.accessLogsBucket.name,
      bucketArn: names.accessLogsBucket.arn,
      tags,
      settings,
      lifecycle: { expiryDays: settings.accessLogExpiryDays },
      bucketPolicy: names.apply((n) =>
        receiveAccessLogs(
          n.accessLogsBucket.arn,
          n.location.account,
          sources(n).map((bucket) => bucket.arn),
        ),
      ),
      ...given("transform", args.transform?.accessLogsBucket),
    },
    opts,
  );
}

type DataBucket = "lakeBucket" | "backupBucket" | "resultsBucket";

function dataBucket(
  name: string,
  bucket: DataBucket,
  { names, tags, settings, keyArn, accessLogs, transform }: PipelineBucketArgs,
  opts: pulumi.ComponentResourceOptions,
  lifecycle: LakeBucketArgs["lifecycle"],
  writer: BucketWriterArgs,
): LakeBucket {
  const logs = accessLogs && {
    bucketName: accessLogs.bucket.bucket,
    folder: `${bucket}/`,
    dependsOn: accessLogs,
  };
  return new LakeBucket(
    name,
    {
      bucketName: names[bucket].name,
      bucketArn: names[bucket].arn,
      tags,
      settings,
      keyArn,
      lifecycle,
      writer,
      ...given("accessLogs", logs),
      ...given("transform", transform?.[bucket]),
    },
    opts,
  );
}

function firehoseWriter(
  { names, keyArn }: PipelineBucketArgs,
  bucket: DataBucket,
  folders: readonly string[],
): Pick<BucketWriterArgs, "trust" | "access" | "keyUse"> {
  return {
    trust: names.apply((n) => firehoseTrust(n.location.account)),
    access: names.apply((n) => writeBucket(n[bucket].arn, folders)),
    keyUse: pulumi
      .all([keyArn, names])
      .apply(([arn, n]) => useBucketKey(arn, n[bucket].arn, n.location.region)),
  };
}

/** A property that is there only when it has a value. */
function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
