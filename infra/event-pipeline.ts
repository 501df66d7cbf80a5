import * as pulumi from "@pulumi/pulumi";
import type { Dataset } from "../datasets/dataset.ts";
import { layoutOf } from "../datasets/layout.ts";
import { analystKeyUse, analystPolicy } from "./iam/analyst.ts";
import { receiveAccessLogs, useBucketKey, writeBucket } from "./iam/bucket-access.ts";
import { analystTrust, firehoseTrust } from "./iam/trust.ts";
import { locationOf } from "./location.ts";
import { namesOf, type Names } from "./names.ts";
import { Alarms } from "./parts/alarms.ts";
import { Delivery } from "./parts/delivery.ts";
import { EncryptionKey } from "./parts/encryption-key.ts";
import { EventStream } from "./parts/event-stream.ts";
import { LakeBucket } from "./parts/lake-bucket.ts";
import { LakeTable } from "./parts/lake-table.ts";
import { dataLifecycle } from "./parts/lifecycle.ts";
import { QueryWorkgroup, type DeployedQuery } from "./parts/query-workgroup.ts";
import { parseSettings, type Settings, type SettingsArgs } from "./settings.ts";
import { tagsOf } from "./tags.ts";
import type { Transforms } from "./transforms.ts";

/** Arguments of `EventPipeline`. All but the first three have a default: see `defaults`. */
export type EventPipelineArgs = SettingsArgs & {
  /** What flows: the events' columns, time zone and partitions. */
  dataset: Dataset;
  /** The queries that the workgroup offers by name. Default: none. */
  queries?: readonly DeployedQuery[];
  /** The AWS account, 12 digits. Default: the provider is asked, also in a preview. */
  accountId?: string;
  /** Changes a child's arguments or options just before it is declared. */
  transform?: Transforms;
};

/**
 * A log or clickstream pipeline: Kinesis stream -> Firehose (JSON to Parquet by a Glue table) -> S3 -> Athena workgroup
 * with named queries. Encrypted by a key of its own, tagged, one IAM role for each bucket.
 *
 * @example
 * new EventPipeline("clickstream", { dataset: clickstream, owner: "web-team", costCenter: "4711" });
 *
 * @throws {SettingsError} with every mistake in the arguments; {Error} when a name gets too long for AWS.
 */
export class EventPipeline extends pulumi.ComponentResource {
  readonly streamName: pulumi.Output<string>;
  readonly deliveryStreamName: pulumi.Output<string>;
  readonly lakeBucketName: pulumi.Output<string>;
  readonly databaseName: pulumi.Output<string>;
  readonly tableName: pulumi.Output<string>;
  readonly workgroupName: pulumi.Output<string>;
  /** The role that analysts assume: it may ask in this workgroup, over this table, and nothing else. */
  readonly analystRoleArn: pulumi.Output<string>;
  readonly #names: pulumi.Output<Names>;
  readonly #settings: Settings;
  readonly #tags: Record<string, string>;
  readonly #args: EventPipelineArgs;

  constructor(name: string, args: EventPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:EventPipeline", name, {}, opts);
    const { dataset, queries, accountId, transform, ...settings } = args;
    this.#args = args;
    this.#settings = parseSettings(`EventPipeline "${name}"`, settings);
    const origin = { project: pulumi.getProject(), stack: pulumi.getStack(), dataset: dataset.name };
    this.#names = locationOf(accountId, { parent: this }).apply((location) =>
      namesOf({ ...origin, ...location }),
    );
    this.#tags = tagsOf(this.#settings, { ...origin, pipeline: name });

    const key = new EncryptionKey(`${name}-key`, this.#part(transform?.key), this.#child);
    const stream = new EventStream(
      `${name}-stream`,
      { ...this.#part(transform?.stream), keyArn: key.arn },
      this.#child,
    );
    const accessLogs = this.#settings.accessLogging
      ? this.#accessLogsBucket(`${name}-access-logs`)
      : undefined;
    const lake = this.#lakeBucket(`${name}-lake`, key, accessLogs);
    const backup = this.#settings.rawBackup
      ? this.#backupBucket(`${name}-backup`, key, accessLogs)
      : undefined;
    const table = new LakeTable(`${name}-table`, { ...this.#part(transform?.table), dataset }, this.#child);
    const delivery = new Delivery(
      `${name}-delivery`,
      { ...this.#part(transform?.deliveryStream), dataset, keyArn: key.arn, stream, lake, table, backup },
      this.#child,
    );
    const results = this.#resultsBucket(`${name}-results`, key, accessLogs);
    const workgroup = new QueryWorkgroup(
      `${name}-queries`,
      { ...this.#part(transform?.workgroup), keyArn: key.arn, results, table, queries: queries ?? [] },
      this.#child,
    );
    if (this.#settings.alarms) {
      new Alarms(`${name}-alarms`, { ...this.#part(undefined), keyArn: key.arn }, this.#child);
    }

    this.streamName = stream.stream.name;
    this.deliveryStreamName = delivery.deliveryStream.name;
    this.lakeBucketName = lake.bucket.bucket;
    this.databaseName = table.database.name;
    this.tableName = table.table.name;
    this.workgroupName = workgroup.workgroup.name;
    this.analystRoleArn = this.#names.analystRole.arn;
    this.registerOutputs(this.outputs);
  }

  /** What a stack exports of a pipeline, so that producers and analysts find it. */
  get outputs() {
    return {
      region: this.#names.location.region,
      streamName: this.streamName,
      deliveryStreamName: this.deliveryStreamName,
      lakeBucketName: this.lakeBucketName,
      databaseName: this.databaseName,
      tableName: this.tableName,
      workgroupName: this.workgroupName,
      analystRoleArn: this.analystRoleArn,
    };
  }

  get #child(): pulumi.ComponentResourceOptions {
    return { parent: this };
  }

  #part<T>(transform: T | undefined) {
    return {
      names: this.#names,
      tags: this.#tags,
      settings: this.#settings,
      ...(transform === undefined ? {} : { transform }),
    };
  }

  #accessLogsBucket(name: string): LakeBucket {
    const names = this.#names;
    return new LakeBucket(
      name,
      {
        bucketName: names.accessLogsBucket.name,
        bucketArn: names.accessLogsBucket.arn,
        tags: this.#tags,
        settings: this.#settings,
        lifecycle: { expiryDays: 365 },
        bucketPolicy: names.apply((n) =>
          receiveAccessLogs(n.accessLogsBucket.arn, n.location.account, [
            n.lakeBucket.arn,
            n.resultsBucket.arn,
            ...(this.#settings.rawBackup ? [n.backupBucket.arn] : []),
          ]),
        ),
        ...(this.#args.transform?.accessLogsBucket
          ? { transform: this.#args.transform.accessLogsBucket }
          : {}),
      },
      this.#child,
    );
  }

  #lakeBucket(name: string, key: EncryptionKey, accessLogs: LakeBucket | undefined): LakeBucket {
    const layout = layoutOf(this.#args.dataset);
    return this.#dataBucket(name, "lakeBucket", "deliveryRole", key, accessLogs, {
      lifecycle: dataLifecycle(this.#settings),
      writer: {
        description: "Firehose reads the stream and writes the lake bucket, no other.",
        trust: this.#names.apply((n) => firehoseTrust(n.location.account)),
        access: this.#names.apply((n) =>
          writeBucket(n.lakeBucket.arn, [layout.dataFolder, layout.errorFolder]),
        ),
        keyUse: pulumi
          .all([key.arn, this.#names])
          .apply(([arn, n]) => useBucketKey(arn, n.lakeBucket.arn, n.location.region)),
      },
    });
  }

  #backupBucket(name: string, key: EncryptionKey, accessLogs: LakeBucket | undefined): LakeBucket {
    return this.#dataBucket(name, "backupBucket", "backupRole", key, accessLogs, {
      lifecycle: dataLifecycle(this.#settings),
      writer: {
        description: "Firehose keeps the records as they came in the backup bucket, no other.",
        trust: this.#names.apply((n) => firehoseTrust(n.location.account)),
        access: this.#names.apply((n) => writeBucket(n.backupBucket.arn, ["raw/", "errors/"])),
        keyUse: pulumi
          .all([key.arn, this.#names])
          .apply(([arn, n]) => useBucketKey(arn, n.backupBucket.arn, n.location.region)),
      },
    });
  }

  #resultsBucket(name: string, key: EncryptionKey, accessLogs: LakeBucket | undefined): LakeBucket {
    const layout = layoutOf(this.#args.dataset);
    return this.#dataBucket(name, "resultsBucket", "analystRole", key, accessLogs, {
      lifecycle: { expiryDays: this.#settings.resultExpiryDays },
      writer: {
        description: "Analysts ask in one workgroup; its results go to the results bucket, no other.",
        trust: this.#names.apply((n) =>
          analystTrust(
            this.#settings.analystPrincipalArns ?? [
              `arn:${n.location.partition}:iam::${n.location.account}:root`,
            ],
          ),
        ),
        access: this.#names.apply((n) => analystPolicy(n, layout.dataFolder)),
        keyUse: pulumi.all([key.arn, this.#names]).apply(([arn, n]) => analystKeyUse(arn, n)),
      },
    });
  }

  #dataBucket(
    name: string,
    bucket: "lakeBucket" | "backupBucket" | "resultsBucket",
    role: "deliveryRole" | "backupRole" | "analystRole",
    key: EncryptionKey,
    accessLogs: LakeBucket | undefined,
    args: Pick<ConstructorParameters<typeof LakeBucket>[1], "lifecycle"> & {
      writer: Omit<NonNullable<ConstructorParameters<typeof LakeBucket>[1]["writer"]>, "roleName">;
    },
  ): LakeBucket {
    const transform = this.#args.transform?.[bucket];
    return new LakeBucket(
      name,
      {
        ...args,
        bucketName: this.#names[bucket].name,
        bucketArn: this.#names[bucket].arn,
        tags: this.#tags,
        settings: this.#settings,
        keyArn: key.arn,
        writer: { ...args.writer, roleName: this.#names[role].name },
        ...(accessLogs
          ? {
              accessLogs: {
                bucketName: accessLogs.bucket.bucket,
                folder: `${bucket}/`,
                dependsOn: accessLogs,
              },
            }
          : {}),
        ...(transform ? { transform } : {}),
      },
      this.#child,
    );
  }
}
