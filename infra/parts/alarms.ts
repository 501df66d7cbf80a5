import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import { alarmTopicPolicy, type AlarmKey } from "../iam/key.ts";
import { policyDocument } from "../iam/policy-document.ts";
import type { Settings } from "../settings.ts";
import type { PartArgs } from "./part.ts";

export interface AlarmsArgs extends PartArgs {
  keyArn: pulumi.Input<string>;
  settings: Pick<Settings, "source" | "bufferingIntervalSeconds" | "retentionHours" | "alarmEmail">;
}

interface Alarm {
  key: AlarmKey;
  /** Whether it watches the Kinesis stream or reading it. */
  ofStream?: boolean;
  description: string;
  namespace: "AWS/Firehose" | "AWS/Kinesis";
  metricName: string;
  statistic: "Maximum" | "Sum";
  threshold: number;
  evaluationPeriods: number;
}

/**
 * What tells that events do not arrive: the alarms that the Firehose guide recommends, each with the dimension under
 * which AWS publishes the metric.
 */
export class Alarms extends pulumi.ComponentResource {
  readonly topic: sns.Topic;

  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:Alarms", name, {}, opts);
    const { names, tags } = args;
    const alarms = alarmsOf(args.settings);
    this.topic = new sns.Topic(
      name,
      { name: names.alarmTopic.name, kmsMasterKeyId: args.keyArn, tags },
      { parent: this },
    );
    new sns.TopicPolicy(
      name,
      {
        arn: names.alarmTopic.arn,
        policy: names.apply((n) => policyDocument(alarmTopicPolicy(n, alarmKeysOf(args.settings)))),
      },
      { parent: this, dependsOn: [this.topic] },
    );
    if (args.settings.alarmEmail !== undefined) {
      new sns.TopicSubscription(
        name,
        { topic: this.topic.arn, protocol: "email", endpoint: args.settings.alarmEmail },
        { parent: this },
      );
    }
    for (const alarm of alarms) this.#createAlarm(name, args, alarm);
    this.registerOutputs({ topicName: this.topic.name });
  }

  #createAlarm(name: string, { names, tags }: AlarmsArgs, alarm: Alarm): void {
    new cloudwatch.MetricAlarm(
      `${name}-${alarm.metricName}`,
      {
        name: names.alarms[alarm.key].name,
        alarmDescription: alarm.description,
        namespace: alarm.namespace,
        metricName: alarm.metricName,
        dimensions:
          alarm.namespace === "AWS/Firehose"
            ? { DeliveryStreamName: names.deliveryStream.name }
            : { StreamName: names.stream.name },
        statistic: alarm.statistic,
        period: 300,
        evaluationPeriods: alarm.evaluationPeriods,
        comparisonOperator: "GreaterThanThreshold",
        threshold: alarm.threshold,
        treatMissingData: "notBreaching",
        actionsEnabled: true,
        alarmActions: [names.alarmTopic.arn],
        okActions: [names.alarmTopic.arn],
        tags,
      },
      { parent: this, dependsOn: [this.topic] },
    );
  }
}

/** Which alarms a pipeline has: those about the stream only where there is one. */
export function alarmKeysOf(settings: AlarmsArgs["settings"]): AlarmKey[] {
  return alarmsOf(settings).map(({ key }) => key);
}

/** The alarms and their thresholds, which follow from how long events may wait. */
function alarmsOf(settings: AlarmsArgs["settings"]): Alarm[] {
  const quarterOfRetentionMilliseconds = (settings.retentionHours * 3_600_000) / 4;
  const alarms: Alarm[] = [
    {
      key: "deliveryFreshness",
      description: "Events wait in Firehose for much longer than its buffering interval.",
      namespace: "AWS/Firehose",
      metricName: "DeliveryToS3.DataFreshness",
      statistic: "Maximum",
      threshold: Math.max(900, 3 * settings.bufferingIntervalSeconds),
      evaluationPeriods: 2,
    },
    {
      key: "behindLatest",
      ofStream: true,
      description: "Firehose reads far behind the end of the stream.",
      namespace: "AWS/Firehose",
      metricName: "KinesisMillisBehindLatest",
      statistic: "Maximum",
      threshold: 900_000,
      evaluationPeriods: 3,
    },
    {
      key: "failedConversion",
      description: "Events do not fit the table: they are in the error output.",
      namespace: "AWS/Firehose",
      metricName: "FailedConversion.Records",
      statistic: "Sum",
      threshold: 0,
      evaluationPeriods: 1,
    },
    {
      key: "iteratorAge",
      ofStream: true,
      description:
        "A reader of the stream is behind by a quarter of what the stream keeps: events may be lost.",
      namespace: "AWS/Kinesis",
      metricName: "GetRecords.IteratorAgeMilliseconds",
      statistic: "Maximum",
      threshold: quarterOfRetentionMilliseconds,
      evaluationPeriods: 1,
    },
  ];
  return settings.source === "KINESIS" ? alarms : alarms.filter(({ ofStream }) => !ofStream);
}
