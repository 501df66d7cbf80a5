/** Where a pipeline is deployed. */
export interface Location {
  readonly account: string;
  readonly region: string;
  /** `aws` or `aws-us-gov`. */
  readonly partition: string;
}

/** What the names of a pipeline are made of. */
export interface NameParts extends Location {
  readonly project: string;
  readonly stack: string;
  /** The pipeline's name: two pipelines of one dataset stand side by side. */
  readonly pipeline: string;
  /** The name of the table, as the dataset has it. */
  readonly tableName: string;
}

/** Every physical name and ARN of a pipeline: known before anything exists, so a preview knows them too. */
export type Names = ReturnType<typeof namesOf>;

/**
 * Names and ARNs of a pipeline's resources.
 * @throws {Error} naming the resource, the name and the limit, when a name gets too long for AWS.
 */
export function namesOf(parts: NameParts) {
  const { account, region, partition } = parts;
  const base = `${parts.project}-${parts.stack}-${parts.pipeline}`.toLowerCase();
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const bucket = (purpose: string) => {
    const name = `${base}-${purpose}-${account}`;
    return { name, arn: `arn:${partition}:s3:::${name}` };
  };
  const role = (purpose: string) => {
    const name = `${base}-${purpose}`;
    return { name, arn: `arn:${partition}:iam::${account}:role/${name}` };
  };

  const database = base.replaceAll("-", "_");
  const table = parts.tableName;
  const logGroupAt = (name: string) => ({ name, arn: arn("logs", `log-group:${name}`) });
  const alarm = (metric: string) => {
    const name = `${base}-${metric}`;
    return { name, arn: arn("cloudwatch", `alarm:${name}`) };
  };
  const names = {
    base,
    location: { account, region, partition },
    stream: { name: base, arn: arn("kinesis", `stream/${base}`) },
    deliveryStream: { name: base, arn: arn("firehose", `deliverystream/${base}`) },
    lakeBucket: bucket("lake"),
    resultsBucket: bucket("results"),
    backupBucket: bucket("backup"),
    accessLogsBucket: bucket("access-logs"),
    deliveryRole: role("delivery"),
    backupRole: role("backup"),
    analystRole: role("analyst"),
    httpRole: role("http-ingest"),
    httpLogGroup: logGroupAt(`/aws/apigateway/${base}`),
    subscriptionRole: role("subscription"),
    iotRole: role("iot"),
    iotRule: { name: database, arn: arn("iot", `rule/${database}`) },
    iotLogGroup: logGroupAt(`/aws/iot/${base}`),
    catalogArn: arn("glue", "catalog"),
    database: { name: database, arn: arn("glue", `database/${database}`) },
    table: { name: table, arn: arn("glue", `table/${database}/${table}`) },
    workgroup: { name: base, arn: arn("athena", `workgroup/${base}`) },
    dataCatalogArn: arn("athena", "datacatalog/AwsDataCatalog"),
    defaultDatabaseArn: arn("glue", "database/default"),
    logGroup: logGroupAt(`/aws/kinesisfirehose/${base}`),
    keyAlias: `alias/${base}`,
    alarmTopic: { name: `${base}-alarms`, arn: arn("sns", `${base}-alarms`) },
    alarms: {
      deliveryFreshness: alarm("delivery-freshness"),
      behindLatest: alarm("behind-latest"),
      failedConversion: alarm("failed-conversion"),
      iteratorAge: alarm("iterator-age"),
    },
  };

  const limits: [string, string, number, RegExp][] = [
    ["stream", names.stream.name, 128, /^[a-zA-Z0-9_.-]+$/],
    ["delivery stream", names.deliveryStream.name, 64, /^[a-zA-Z0-9_.-]+$/],
    ["bucket", names.accessLogsBucket.name, 63, /^[a-z0-9][a-z0-9.-]+[a-z0-9]$/],
    ["role", names.subscriptionRole.name, 64, /^[\w+=,.@-]+$/],
    ["database", names.database.name, 255, /^[a-z0-9_]+$/],
  ];
  for (const [what, name, longest, pattern] of limits) {
    if (name.length <= longest && pattern.test(name)) continue;
    throw new Error(
      `The ${what} would be called "${name}" (${name.length} characters): AWS takes ${longest} at most, ` +
        `matching ${pattern.source}. Shorten the names of project, stack or pipeline.`,
    );
  }
  return names;
}
