import * as pulumi from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi/errors.js";
import type { RolePolicy } from "@pulumi/aws/iam/index.js";
import { environmentVariableOf } from "../pipelines/environment.ts";
import type { Dataset } from "../schema/dataset.ts";
import { layoutOf } from "../schema/layout.ts";
import { grantTo, type GrantedRole, type GrantOptions } from "./grant.ts";
import { queryGrant, sendGrant } from "./iam/grants.ts";
import { locationOf } from "./location.ts";
import { namesOf, type Names } from "./names.ts";
import { Alarms } from "./parts/alarms.ts";
import { Delivery } from "./parts/delivery.ts";
import { EncryptionKey } from "./parts/encryption-key.ts";
import { EventStream } from "./parts/event-stream.ts";
import { HttpIngest } from "./parts/http-ingest.ts";
import { IotRule } from "./parts/iot-rule.ts";
import { LakeTable } from "./parts/lake-table.ts";
import { LogSubscription } from "./parts/log-subscription.ts";
import { QueryWorkgroup, type DeployedQuery } from "./parts/query-workgroup.ts";
import { parseSettings, type Settings, type SettingsArgs } from "./settings.ts";
import { accessLogsBucket, backupBucket, lakeBucket, resultsBucket } from "./pipeline-buckets.ts";
import { tagsOf } from "./tags.ts";
import type { Transforms } from "./transforms.ts";

/** Arguments of `EventPipeline`. All but the first three have a default: see `defaults`. */
export type EventPipelineArgs = SettingsArgs & {
  /** What flows: the events' columns, time zone and partitions. */
  dataset: Dataset;
  /** The queries that the workgroup offers by name. Default: none. */
  queries?: readonly DeployedQuery[] | undefined;
  /** The AWS account, 12 digits. Default: the provider is asked, also in a preview. */
  accountId?: string | undefined;
  /** Changes a child's arguments or options just before it is declared. */
  transform?: Transforms | undefined;
};

/**
 * A log or clickstream pipeline: Kinesis stream -> Firehose (JSON to Parquet by a Glue table) -> S3 -> Athena workgroup
 * with named queries. Where that is set, events also come over HTTP, from AWS IoT, from CloudWatch Logs or by Direct PUT.
 * Encrypted by a key of its own, tagged, one IAM role for each bucket.
 *
 * @example
 * new EventPipeline("clickstream", { dataset: clickstream, owner: "web-team", costCenter: "4711" });
 *
 * @throws {SettingsError} with every mistake in the arguments; {Error} when a name gets too long for AWS.
 */
export class EventPipeline extends pulumi.ComponentResource {
  /** Absent where the pipeline's source is no stream. */
  readonly streamName: pulumi.Output<string> | undefined;
  readonly deliveryStreamName: pulumi.Output<string>;
  readonly lakeBucketName: pulumi.Output<string>;
  readonly databaseName: pulumi.Output<string>;
  readonly tableName: pulumi.Output<string>;
  readonly workgroupName: pulumi.Output<string>;
  /** The role that analysts assume: it may run queries in this workgroup, over this table, and nothing else. */
  readonly analystRoleArn: pulumi.Output<string>;
  /** Where events are posted; absent without HTTP ingest. */
  readonly httpEndpoint: pulumi.Output<string> | undefined;
  /** The id of the API key that posters need; its value is asked of AWS by this. Absent where none is needed. */
  readonly httpApiKeyId: pulumi.Output<string> | undefined;
  readonly #region: pulumi.Output<string>;
  readonly #identity: { name: string; dataset: string };
  readonly #names: pulumi.Output<Names>;
  readonly #keyArn: pulumi.Output<string>;
  readonly #source: Settings["source"];
  readonly #dataFolder: string;

  constructor(name: string, args: EventPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:EventPipeline", name, {}, opts);
    const { dataset, queries, accountId, transform, ...given } = args;
    const settings = parseSettings(`EventPipeline "${name}"`, given);
    const origin = { project: pulumi.getProject(), stack: pulumi.getStack(), pipeline: name };
    const names = locationOf(accountId, { parent: this }).apply((location) =>
      namesOf({ ...origin, ...location, tableName: dataset.tableName }),
    );
    const part = { names, settings, tags: tagsOf(settings, origin) };
    const child = { parent: this };
    // Inherited by all children of the key, the stream and the buckets: a bucket without its policy is not protected.
    const kept = settings.protect ? { parent: this, protect: true } : child;

    const key = new EncryptionKey(`${name}-key`, { ...part, transform: transform?.key }, kept);
    const keyed = { ...part, keyArn: key.arn };
    const stream =
      settings.source === "KINESIS"
        ? new EventStream(`${name}-stream`, { ...keyed, transform: transform?.stream }, kept)
        : undefined;
    const table = new LakeTable(`${name}-table`, { ...part, dataset, transform: transform?.table }, child);

    const accessLogs = settings.accessLogging
      ? accessLogsBucket(`${name}-access-logs`, { ...part, transform }, kept)
      : undefined;
    const layout = layoutOf(dataset);
    const bucketArgs = { ...keyed, layout, accessLogs, transform };
    const lake = lakeBucket(`${name}-lake`, bucketArgs, kept);
    const backup = settings.rawBackup ? backupBucket(`${name}-backup`, bucketArgs, kept) : undefined;
    const results = resultsBucket(`${name}-results`, bucketArgs, kept);

    const delivery = new Delivery(
      `${name}-delivery`,
      { ...keyed, dataset, stream, lake, table, backup, transform: transform?.deliveryStream },
      child,
    );
    const workgroup = new QueryWorkgroup(
      `${name}-queries`,
      { ...keyed, results, table, queries: queries ?? [], transform: transform?.workgroup },
      child,
    );
    const incoming = { ...keyed, dataset, delivery };
    if (settings.source === "CLOUDWATCH_LOGS") new LogSubscription(`${name}-subscription`, incoming, child);
    const topicFilter = settings.iotTopicFilter;
    if (topicFilter !== undefined) new IotRule(`${name}-iot`, { ...incoming, stream, topicFilter }, child);
    const http =
      settings.httpIngest && stream
        ? new HttpIngest(
            `${name}-http`,
            { ...incoming, stream, transform: { api: transform?.httpApi, stage: transform?.httpStage } },
            child,
          )
        : undefined;
    if (settings.alarms) new Alarms(`${name}-alarms`, keyed, child);

    this.streamName = stream?.stream.name;
    this.deliveryStreamName = delivery.deliveryStream.name;
    this.lakeBucketName = lake.bucket.bucket;
    this.databaseName = table.database.name;
    this.tableName = table.table.name;
    this.workgroupName = workgroup.workgroup.name;
    this.analystRoleArn = names.analystRole.arn;
    this.httpEndpoint = http?.endpoint;
    this.httpApiKeyId = http?.apiKeyId;
    this.#region = names.location.region;
    this.#identity = { name, dataset: dataset.name };
    this.#names = names;
    this.#keyArn = key.arn;
    this.#source = settings.source;
    this.#dataFolder = layout.dataFolder;
    this.registerOutputs(this.outputs);
  }

  /** What a stack exports of a pipeline, so that producers and analysts find it. */
  get outputs() {
    return {
      ...this.#identity,
      region: this.#region,
      ...(this.streamName && { streamName: this.streamName }),
      deliveryStreamName: this.deliveryStreamName,
      lakeBucketName: this.lakeBucketName,
      databaseName: this.databaseName,
      tableName: this.tableName,
      workgroupName: this.workgroupName,
      analystRoleArn: this.analystRoleArn,
      ...(this.httpEndpoint && { httpEndpoint: this.httpEndpoint }),
      ...(this.httpApiKeyId && { httpApiKeyId: this.httpApiKeyId }),
    };
  }
  /**
   * What a backend needs in its environment for `producerFor` to find this pipeline: one variable,
   * `SLUICE_PIPELINE_<NAME>`, with the pipeline's outputs as JSON. For the environment of a Lambda function or a container.
   */
  get environment(): Record<string, pulumi.Output<string>> {
    return { [environmentVariableOf(this.#identity.name)]: pulumi.jsonStringify(this.outputs) };
  }

  /**
   * Lets a role send events: put records on the stream and have its key encrypt them; with DIRECT_PUT, put records on the
   * delivery stream. Nothing else.
   *
   * @example
   * pipeline.grantSend(backendRole);
   *
   * @param role the role, or the name (not the ARN) of one that exists.
   * @returns the policies, for the `dependsOn` of what sends.
   * @throws {RunError} where the events come from CloudWatch Logs, or the role's name can't be taken.
   */
  grantSend(role: GrantedRole, options: GrantOptions = {}): RolePolicy[] {
    const { name } = this.#identity;
    if (this.#source === "CLOUDWATCH_LOGS") {
      throw new RunError(
        `EventPipeline "${name}": grantSend, but its source is CLOUDWATCH_LOGS: Firehose unpacks what CloudWatch Logs ` +
          "sends, and refuses events of anybody else. Set source KINESIS or DIRECT_PUT.",
      );
    }
    const hasStream = this.#source === "KINESIS";
    return this.#grant(role, "send", hasStream, (names) => sendGrant(names, hasStream), options);
  }

  /**
   * Lets a role run queries, with the rights of the pipeline's analyst role: in this workgroup, over this table, with
   * results in its folder. The role then writes this pipeline's results bucket.
   * @param role the role, or the name (not the ARN) of one that exists.
   * @returns the policies, for the `dependsOn` of what queries.
   * @throws {RunError} when the role's name can't be taken.
   */
  grantQuery(role: GrantedRole, options: GrantOptions = {}): RolePolicy[] {
    return this.#grant(role, "query", true, (names) => queryGrant(names, this.#dataFolder), options);
  }

  #grant(
    role: GrantedRole,
    what: string,
    usesKey: boolean,
    grantOf: Parameters<typeof grantTo>[3],
    options: GrantOptions,
  ): RolePolicy[] {
    const pipeline = { name: this.#identity.name, names: this.#names, keyArn: this.#keyArn, usesKey };
    return grantTo(role, what, pipeline, grantOf, options, { parent: this });
  }
}
