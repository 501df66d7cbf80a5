import { z } from "zod";
import { alarmed, metricsOf, type WatchedMetric } from "../../authoring/metric-alarms.ts";
import { defineStackRule } from "../../authoring/define-rule.ts";
import { metricAlarm } from "../../authoring/metric-alarms.ts";
import { deliveryStream, stream } from "../../authoring/resource-types.ts";
import type { EvaluatedResource } from "../../authoring/rule.ts";
import { isSet } from "../../authoring/unknown.ts";

interface Alarm {
  actionsEnabled?: boolean;
}

export const alarmsWired = defineStackRule({
  name: "alarms-wired",
  description: "Each stream and delivery stream has an alarm on its delay, and each alarm tells somebody.",
  why: "Delivery that stops is silent: producers still succeed, and after the retention the events are gone. An alarm without an action, or under a dimension that AWS does not publish, never rings.",
  level: "advisory",
  severity: "high",
  framework: { name: "AWS FSBP", reference: "CloudWatch.15, CloudWatch.17" },
  tags: ["reliability", "cloudwatch", "kinesis", "firehose"],
  types: [metricAlarm, stream, deliveryStream],
  remediationSteps: [
    "Delivery stream: alarm on AWS/Firehose DeliveryToS3.DataFreshness with the dimension DeliveryStreamName.",
    "Stream: alarm on AWS/Kinesis GetRecords.IteratorAgeMilliseconds with the dimension StreamName.",
    "Give each alarm `alarmActions`, and leave `actionsEnabled` on.",
  ],
  config: {
    deliveryStreamMetrics: z
      .array(z.string())
      .default(["DeliveryToS3.DataFreshness", "DeliveryToS3.Success"])
      .describe("Metrics of AWS/Firehose of which a delivery stream needs an alarm on one."),
    streamMetrics: z
      .array(z.string())
      .default(["GetRecords.IteratorAgeMilliseconds"])
      .describe("Metrics of AWS/Kinesis of which a stream needs an alarm on one."),
  },
  check: ({ resources, config, violation, unknown, each }) => {
    const alarms = resources.filter(({ type }) => type === metricAlarm);
    const watched: WatchedMetric[] = [];
    // An alarm that names its resource too late to be read may be the one that is missed elsewhere.
    const unread: EvaluatedResource[] = [];
    for (const alarm of alarms) {
      each([alarm], () => {
        unread.push(alarm);
        watched.push(...metricsOf(alarm));
        unread.pop();
      });
    }
    const targets = [
      {
        type: deliveryStream,
        namespace: "AWS/Firehose",
        dimension: "DeliveryStreamName",
        metrics: config.deliveryStreamMetrics,
      },
      { type: stream, namespace: "AWS/Kinesis", dimension: "StreamName", metrics: config.streamMetrics },
    ];
    for (const target of targets) {
      const isWatched = alarmed(watched, target);
      each(
        resources.filter(({ type }) => type === target.type),
        (resource) => {
          const found = isWatched(resource);
          if (found === "yes") return;
          if (found === "unknown" || unread.length > 0)
            unknown(resource, "what an alarm of the stack watches");
          else violation(resource, `no alarm on ${target.metrics.join(" or ")} with ${target.dimension}`);
        },
      );
    }
    each(alarms, (alarm) => {
      if (!hasItems(alarm, "alarmActions")) violation(alarm, "the alarm has no alarmActions");
    });
    each(alarms, (alarm) => {
      if ((alarm.props as Alarm).actionsEnabled === false) violation(alarm, "actionsEnabled is false");
    });
  },
});

function hasItems({ props }: EvaluatedResource, property: string): boolean {
  if (!isSet(props, property)) return false;
  return (props[property] as unknown[]).length > 0;
}
