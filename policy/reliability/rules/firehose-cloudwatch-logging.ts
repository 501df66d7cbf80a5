import { defineResourceRule } from "../../authoring/define-rule.ts";
import { destinations, type DeliveryStream } from "../../authoring/firehose.ts";
import { deliveryStream } from "../../authoring/resource-types.ts";
import { isSet } from "../../authoring/unknown.ts";

export const firehoseCloudwatchLogging = defineResourceRule<DeliveryStream>()({
  name: "firehose-cloudwatch-logging",
  description: "A delivery stream logs its delivery errors to a log group and stream that are named.",
  why: "A denied action or a missing table shows nowhere else: the metric says that delivery is late, the log says why. The API creates neither group nor stream.",
  level: "mandatory",
  severity: "medium",
  framework: { name: "AWS documentation", reference: "Firehose: monitor with CloudWatch Logs" },
  tags: ["reliability", "firehose", "logs"],
  types: [deliveryStream],
  remediationSteps: [
    "Declare a log group and a log stream.",
    "Set `cloudwatchLoggingOptions` to `{ enabled: true, logGroupName, logStreamName }`.",
  ],
  config: {},
  checks: [
    ({ props, violation, each }) =>
      each(destinations, (destination) => {
        const block = props[destination];
        if (!block) return;
        const options = block.cloudwatchLoggingOptions;
        if (options?.enabled !== true) violation("cloudwatchLoggingOptions.enabled is not true");
      }),
    ({ props, violation, each }) =>
      each(destinations, (destination) => {
        const options = props[destination]?.cloudwatchLoggingOptions;
        if (options?.enabled !== true) return;
        for (const property of ["logGroupName", "logStreamName"] as const) {
          if (!isSet(options, property)) violation(`cloudwatchLoggingOptions.${property} is unset`);
        }
      }),
  ],
});
