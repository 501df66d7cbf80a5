import type { Rule } from "../authoring/rule.ts";
import { athenaMetrics } from "./rules/athena-metrics.ts";
import { athenaNamedQueryHygiene } from "./rules/athena-named-query-hygiene.ts";
import { athenaScanLimit } from "./rules/athena-scan-limit.ts";
import { costTagsConsistent } from "./rules/cost-tags-consistent.ts";
import { firehoseBackupCompression } from "./rules/firehose-backup-compression.ts";
import { firehoseBuffering } from "./rules/firehose-buffering.ts";
import { firehoseColumnarConversion } from "./rules/firehose-columnar-conversion.ts";
import { firehoseS3Compression } from "./rules/firehose-s3-compression.ts";
import { glueTableColumnar } from "./rules/glue-table-columnar.ts";
import { kinesisCapacity } from "./rules/kinesis-capacity.ts";
import { logGroupRetention } from "./rules/log-group-retention.ts";
import { requiredTags } from "./rules/required-tags.ts";
import { s3Lifecycle } from "./rules/s3-lifecycle.ts";

export const costRules: readonly Rule[] = [
  firehoseS3Compression,
  firehoseColumnarConversion,
  firehoseBackupCompression,
  firehoseBuffering,
  glueTableColumnar,
  athenaScanLimit,
  athenaMetrics,
  athenaNamedQueryHygiene,
  kinesisCapacity,
  s3Lifecycle,
  logGroupRetention,
  requiredTags,
  costTagsConsistent,
];
