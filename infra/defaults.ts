/** A default of the pipeline, with what a reader needs to evaluate it. The README's table is made from this object. */
export interface Default<Value> {
  readonly value: Value;
  /** What it decides, in a few words. */
  readonly meaning: string;
  /** The values that are accepted. */
  readonly limits: string;
  /** Where the limits or the choice come from. */
  readonly source: string;
}

const of = <Value>(value: Value, meaning: string, limits: string, source: string): Default<Value> => ({
  value,
  meaning,
  limits,
  source,
});

/** Every default of a pipeline, its limits and their source, in the order of the event's way. */
export const defaults = {
  source: of<"KINESIS" | "DIRECT_PUT" | "CLOUDWATCH_LOGS">(
    "KINESIS",
    "where Firehose takes the events from: a stream, its own API, or a log group's messages (`logGroupName`, `logFilterPattern`)",
    "KINESIS, DIRECT_PUT, CLOUDWATCH_LOGS",
    "Firehose API, DeliveryStreamType",
  ),
  httpIngest: of(
    false,
    "whether events can be posted over HTTP: API Gateway puts them on the stream",
    "true, false; true needs KINESIS",
    "API Gateway guide, Kinesis proxy",
  ),
  httpAuth: of<"API_KEY" | "IAM">(
    "API_KEY",
    "how a poster shows who it is: an API key of a usage plan, or a request signed for IAM",
    "API_KEY, IAM",
    "API Gateway API, PutMethod",
  ),
  httpRecordPerEvent: of(
    false,
    "whether each event becomes a record, and the answer names those that failed; else a post becomes one record",
    "true, false",
    "Firehose bills each record in steps of 5 KB",
  ),
  httpPartitionKey: of<string | undefined>(
    undefined,
    "the column whose value is a record's partition key; unset: a random one",
    "a required string column; needs `httpRecordPerEvent`",
    "Kinesis API, PutRecords",
  ),
  httpThrottleRatePerSecond: of(
    100,
    "how many posts per second are taken, of all posters together",
    "1-10000",
    "API Gateway quotas: 10,000 per account and region",
  ),
  httpThrottleBurst: of(200, "how many posts at once are taken", "1-5000", "API Gateway quotas"),
  httpCorsOrigins: of<string[] | undefined>(
    undefined,
    "the sites whose pages may post events; unset: none",
    "origins such as https://shop.example, or * alone",
    "Fetch standard, CORS protocol",
  ),
  iotTopicFilter: of<string | undefined>(
    undefined,
    "the MQTT topics of AWS IoT whose messages are events as well; unset: none",
    "an MQTT topic filter; not with CLOUDWATCH_LOGS",
    "IoT guide, rules",
  ),
  streamMode: of<"ON_DEMAND" | "PROVISIONED">(
    "ON_DEMAND",
    "capacity of the Kinesis stream",
    "ON_DEMAND, PROVISIONED",
    "Kinesis API, StreamModeDetails",
  ),
  retentionHours: of(
    24,
    "how long the stream keeps a record, in hours",
    "24-8760",
    "Kinesis API, IncreaseStreamRetentionPeriod",
  ),
  bufferingSizeMiB: of(
    128,
    "how much Firehose gathers for one object, in MiB before compression",
    "64-128",
    "Firehose API: at least 64 with format conversion; 128 is its own default then",
  ),
  bufferingIntervalSeconds: of(
    300,
    "how long Firehose gathers at most, in seconds",
    "0-900",
    "Firehose API, BufferingHints",
  ),
  parquetCompression: of<"SNAPPY" | "GZIP">(
    "SNAPPY",
    "codec inside the Parquet files",
    "SNAPPY, GZIP",
    "Firehose API, ParquetSerDe (there is no ZSTD)",
  ),
  rawBackup: of(
    false,
    "whether the records are kept as they came, GZIP-compressed, in a bucket of their own",
    "true, false; can't be switched off again",
    "Firehose API, S3BackupMode",
  ),
  versioning: of(true, "whether the buckets keep old versions of an object", "true, false", "S3 API"),
  dataExpiryDays: of<number | undefined>(
    undefined,
    "after how many days the lake's data is deleted; old versions go 30 days later; unset: never",
    "1-36500",
    "S3 lifecycle",
  ),
  infrequentAccessAfterDays: of(
    90,
    "after how many days the lake's data moves to cheaper storage (STANDARD_IA)",
    "30-36500, before dataExpiryDays: data that expires sooner does not move",
    "S3 lifecycle: 30 days at least",
  ),
  resultExpiryDays: of(30, "after how many days query results are deleted", "1-3650", "S3 lifecycle"),
  accessLogging: of(
    true,
    "whether every request to the buckets is logged, in a bucket of its own",
    "true, false",
    "S3 server access logging",
  ),
  accessLogExpiryDays: of(
    365,
    "after how many days the log of requests to the buckets is deleted",
    "1-3650",
    "S3 lifecycle",
  ),
  bytesScannedCutoffPerQuery: of(
    107_374_182_400,
    "how many bytes one query may scan (100 GiB is about half a dollar)",
    "10485760 or more",
    "Athena API: 10 MB at least; the AWS provider wants 10485760",
  ),
  logRetentionDays: of(
    90,
    "how long Firehose's error log is kept, in days",
    "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    "CloudWatch Logs API, PutRetentionPolicy",
  ),
  alarms: of(
    true,
    "whether CloudWatch alarms watch delivery, through an encrypted SNS topic",
    "true, false",
    "Firehose guide, monitoring",
  ),
  dataClassification: of("internal", "the tag data-classification", "1-256 characters", "AWS tagging limits"),
  protect: of(
    false,
    "whether Pulumi refuses to delete the stream, the buckets and the key",
    "true, false",
    "Pulumi resource option protect",
  ),
  forceDestroy: of(
    false,
    "whether destroying the stack deletes buckets and workgroups that are not empty",
    "true, false",
    "AWS provider, forceDestroy",
  ),
} as const;
