import { athenaMetrics } from "../../../policy/cost/rules/athena-metrics.ts";
import { athenaNamedQueryHygiene } from "../../../policy/cost/rules/athena-named-query-hygiene.ts";
import { athenaScanLimit } from "../../../policy/cost/rules/athena-scan-limit.ts";
import { glueTableColumnar } from "../../../policy/cost/rules/glue-table-columnar.ts";
import { kinesisCapacity } from "../../../policy/cost/rules/kinesis-capacity.ts";
import { kinesisRetention } from "../../../policy/reliability/rules/kinesis-retention.ts";
import { athenaResultEncryption } from "../../../policy/security/rules/athena-result-encryption.ts";
import { athenaWorkgroupEnforced } from "../../../policy/security/rules/athena-workgroup-enforced.ts";
import { kinesisEncryption } from "../../../policy/security/rules/kinesis-encryption.ts";
import { absent } from "../edits.ts";
import { namedQuery, stream, table, workgroup } from "../fixtures.ts";
import { describeRule } from "../rule-suite.ts";

describe("Kinesis rules", () => {
  describeRule({
    rule: kinesisEncryption,
    compliant: { stream },
    passing: { "AWS's own key": { edits: { "stream/props/kmsKeyId": "alias/aws/kinesis" } } },
    failing: {
      "no encryption": { edits: { "stream/props/encryptionType": "NONE" }, says: /encryptionType is NONE/ },
      "an encryption type that is unset": {
        edits: { "stream/props/encryptionType": absent },
        says: /is unset; use KMS/,
      },
      "KMS without a key": { edits: { "stream/props/kmsKeyId": absent }, says: /kmsKeyId is unset/ },
      "AWS's own key by its ARN where an own one is wanted": {
        edits: { "stream/props/kmsKeyId": "arn:aws:kms:eu-central-1:123456789012:alias/aws/kinesis" },
        config: { requireCustomerKey: true },
        says: /use a key of your own/,
      },
      "AWS's own key where an own one is wanted": {
        edits: { "stream/props/kmsKeyId": "alias/aws/kinesis" },
        config: { requireCustomerKey: true },
        says: /use a key of your own/,
      },
    },
  });

  describeRule({
    rule: kinesisRetention,
    compliant: { stream },
    passing: { "AWS's default of a day": { edits: { "stream/props/retentionPeriod": absent } } },
    failing: {
      "more than a week": {
        edits: { "stream/props/retentionPeriod": 8760 },
        says: /8760 hours; use 24 to 168/,
      },
      "less than the configuration asks for": {
        config: { minHours: 100 },
        edits: { "stream/props/retentionPeriod": 72 },
        says: /72 hours; use 100/,
      },
    },
  });

  const provisioned = {
    "stream/props/streamModeDetails/streamMode": "PROVISIONED",
    "stream/props/shardCount": 2,
  };
  describeRule({
    rule: kinesisCapacity,
    compliant: { stream },
    passing: {
      "a number of shards": { edits: provisioned },
      "PROVISIONED as the default": {
        edits: { "stream/props/streamModeDetails": absent, "stream/props/shardCount": 1 },
      },
      "shard metrics where they are allowed": {
        edits: { "stream/props/shardLevelMetrics": ["ALL"] },
        config: { allowShardLevelMetrics: true },
      },
    },
    failing: {
      "a shard count on an on-demand stream": {
        edits: { "stream/props/shardCount": 2 },
        says: /which AWS refuses/,
        presenceOnly: true,
      },
      "no shard count on a provisioned stream": {
        edits: { ...provisioned, "stream/props/shardCount": absent },
        says: /shardCount is unset/,
      },
      "too many shards": {
        edits: { ...provisioned, "stream/props/shardCount": 17 },
        says: /17; use at most 16/,
      },
      "a mode that the configuration excludes": {
        config: { modes: ["PROVISIONED"] },
        says: /mode is ON_DEMAND/,
      },
      "paid shard metrics": {
        edits: { "stream/props/shardLevelMetrics": ["IncomingBytes"] },
        says: /shardLevelMetrics/,
      },
    },
  });
});

describe("Athena rules", () => {
  const configuration = "workgroup/props/configuration";
  const compliant = { workgroup };

  describeRule({
    rule: athenaScanLimit,
    compliant,
    failing: {
      "no limit": { edits: { [`${configuration}/bytesScannedCutoffPerQuery`]: absent }, says: /is unset/ },
      "no configuration": { edits: { [configuration]: absent }, says: /is unset/ },
      "0, which means no limit": {
        edits: { [`${configuration}/bytesScannedCutoffPerQuery`]: 0 },
        says: /is unset/,
      },
      "less than AWS takes": {
        edits: { [`${configuration}/bytesScannedCutoffPerQuery`]: 1000 },
        says: /takes 10485760/,
      },
      "more than is accepted": {
        edits: { [`${configuration}/bytesScannedCutoffPerQuery`]: 10 ** 12 },
        says: /at most 107374182400/,
      },
    },
  });
  describeRule({
    rule: athenaMetrics,
    compliant,
    passing: { "metrics that are on by default": { edits: { [configuration]: absent } } },
    failing: {
      "metrics that are off": {
        edits: { [`${configuration}/publishCloudwatchMetricsEnabled`]: false },
        says: /is false/,
      },
    },
  });
  describeRule({
    rule: athenaWorkgroupEnforced,
    compliant,
    passing: {
      "settings that are enforced by default": {
        edits: { [`${configuration}/enforceWorkgroupConfiguration`]: absent },
      },
    },
    failing: {
      "settings that are not enforced": {
        edits: { [`${configuration}/enforceWorkgroupConfiguration`]: false },
        says: /is false/,
      },
    },
  });
  const encryption = `${configuration}/resultConfiguration/encryptionConfiguration`;
  describeRule({
    rule: athenaResultEncryption,
    compliant,
    passing: {
      "results that Athena keeps": {
        edits: {
          [`${configuration}/resultConfiguration`]: absent,
          [`${configuration}/managedQueryResultsConfiguration`]: { enabled: true },
        },
      },
      "S3's own key": { edits: { [encryption]: { encryptionOption: "SSE_S3" } } },
    },
    failing: {
      "no encryption": { edits: { [encryption]: absent }, says: /encryptionOption is unset/ },
      "KMS without a key": { edits: { [`${encryption}/kmsKeyArn`]: absent }, says: /kmsKeyArn is unset/ },
      "a kind that the configuration excludes": {
        config: { options: ["SSE_KMS"] },
        edits: { [`${encryption}/encryptionOption`]: "SSE_S3" },
        says: /SSE_S3; use SSE_KMS/,
      },
    },
  });
  const query = "query/props/query";
  describeRule({
    rule: athenaNamedQueryHygiene,
    compliant: { query: namedQuery },
    passing: {
      "a star of what a WITH clause names": {
        edits: { [query]: "WITH best AS (SELECT page FROM t WHERE dt = '1') SELECT * FROM best" },
      },
      "a count of all rows": { edits: { [query]: "SELECT count(*) FROM t WHERE dt = '1'" } },
      "a statement that scans nothing": { edits: { [query]: "MSCK REPAIR TABLE t" } },
      "a star of a subquery": { edits: { [query]: "SELECT * FROM (SELECT page FROM t WHERE dt = ?)" } },
      "a partition column in quotes, behind what a comment or a string would begin with": {
        edits: { [query]: `SELECT "a--b", "it's" FROM t WHERE "dt" = '1'` },
      },
      "quoted names that are keywords": { edits: { [query]: `SELECT 1 AS "from", 2 AS "where"` } },
      "a partition column of one's own": {
        edits: { [query]: "SELECT a FROM t WHERE region = 'x'" },
        config: { partitionColumns: ["region"] },
      },
    },
    failing: {
      "the workgroup primary": {
        edits: { "query/props/workgroup": "primary" },
        says: /workgroup is primary/,
      },
      "no workgroup": { edits: { "query/props/workgroup": absent }, says: /means primary/ },
      "no description": {
        edits: { "query/props/description": "" },
        says: /description is unset/,
        presenceOnly: true,
      },
      "a name in quotes in which a comment would begin": {
        edits: { [query]: 'SELECT "a--b" FROM t' },
        says: /no WHERE filters/,
      },
      "a name in quotes in which a string would begin": {
        edits: { [query]: `SELECT "it's" FROM t -- ' WHERE dt = 1` },
        says: /no WHERE filters/,
      },
      "a WHERE that is a name in quotes": {
        edits: { [query]: 'SELECT "where", dt FROM t' },
        says: /no WHERE filters/,
      },
      "a partition column that is grouped by, and filters nothing": {
        edits: { [query]: "SELECT dt, count(*) FROM t WHERE b = 1 GROUP BY dt" },
        says: /no WHERE filters/,
      },
      "no partition predicate": {
        edits: { [query]: "SELECT a FROM t WHERE b = 1" },
        says: /no WHERE filters/,
      },
      "a predicate in a comment": {
        edits: { [query]: "SELECT a FROM t -- WHERE dt = '1'" },
        says: /no WHERE filters/,
      },
      "a predicate in a text": {
        edits: { [query]: "SELECT a FROM t WHERE b = 'dt'" },
        says: /no WHERE filters/,
      },
      "all columns of a table": {
        edits: { [query]: "SELECT * FROM events.t WHERE dt = '1'" },
        says: /SELECT \*/,
      },
      "all columns of a table by its alias": {
        edits: { [query]: "SELECT t.* FROM t WHERE dt = '1'" },
        says: /SELECT \*/,
      },
    },
  });
});

describe("Glue rules", () => {
  const storage = "table/props/storageDescriptor";
  describeRule({
    rule: glueTableColumnar,
    compliant: { table },
    passing: {
      "a view": { edits: { "table/props/tableType": "VIRTUAL_VIEW", [storage]: absent } },
      "an Iceberg table": {
        edits: { "table/props/parameters/table_type": "ICEBERG", [`${storage}/inputFormat`]: absent },
      },
      "a table without projection": { edits: { "table/props/parameters": absent } },
    },
    failing: {
      "a text format": {
        edits: { [`${storage}/inputFormat`]: "org.apache.hadoop.mapred.TextInputFormat" },
        says: /inputFormat of the storage descriptor: not parquet/,
      },
      "a JSON SerDe": {
        edits: { [`${storage}/serDeInfo/serializationLibrary`]: "org.openx.data.jsonserde.JsonSerDe" },
        says: /serializationLibrary/,
      },
      "a location outside of S3": {
        edits: { [`${storage}/location`]: "hdfs://lake" },
        says: /no s3:\/\/ folder/,
      },
      "no partition keys": { edits: { "table/props/partitionKeys": [] }, says: /partitionKeys is empty/ },
      "a key without projection": {
        edits: { "table/props/parameters/projection.dt.type": absent },
        says: /projection.dt.type is unset/,
      },
      "a template without the key": {
        edits: { "table/props/parameters/storage.location.template": "s3://lake/data/" },
        says: /does not name \$\{dt\}/,
      },
      "a format that the configuration excludes": { config: { formats: ["orc"] }, says: /not orc/ },
    },
  });
});
