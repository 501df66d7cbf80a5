import type { Rule } from "../authoring/rule.ts";
import { alarmsWired } from "./rules/alarms-wired.ts";
import { apigatewayLoggingThrottling } from "./rules/apigateway-logging-throttling.ts";
import { firehoseCloudwatchLogging } from "./rules/firehose-cloudwatch-logging.ts";
import { firehoseErrorOutputPrefix } from "./rules/firehose-error-output-prefix.ts";
import { firehoseGlueConsistency } from "./rules/firehose-glue-consistency.ts";
import { kinesisRetention } from "./rules/kinesis-retention.ts";
import { s3Versioning } from "./rules/s3-versioning.ts";

export const reliabilityRules: readonly Rule[] = [
  firehoseErrorOutputPrefix,
  firehoseCloudwatchLogging,
  firehoseGlueConsistency,
  kinesisRetention,
  s3Versioning,
  alarmsWired,
  apigatewayLoggingThrottling,
];
