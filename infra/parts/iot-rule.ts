import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as iot from "@pulumi/aws/iot/index.js";
import { encryptOnStream, putOnStream } from "../iam/http-ingest.ts";
import { policyDocument, type Statement } from "../iam/policy-document.ts";
import { putOnDeliveryStream, writeIotErrors } from "../iam/sources.ts";
import { iotTrust } from "../iam/trust.ts";
import type { Settings } from "../settings.ts";
import type { Delivery } from "./delivery.ts";
import type { EventStream } from "./event-stream.ts";
import type { PartArgs } from "./part.ts";

export interface IotRuleArgs extends PartArgs {
  keyArn: pulumi.Input<string>;
  /** Where the messages go; without a stream they go to the delivery stream. */
  stream: EventStream | undefined;
  delivery: Delivery;
  /** The MQTT topics whose messages are events, one a message. */
  topicFilter: string;
  settings: Pick<Settings, "logRetentionDays">;
}

/** AWS IoT puts the messages of some topics on the stream, or on the delivery stream where there is none. */
export class IotRule extends pulumi.ComponentResource {
  readonly rule: iot.TopicRule;

  constructor(name: string, args: IotRuleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:IotRule", name, {}, opts);
    const { names, tags, stream, delivery, topicFilter } = args;
    const log = this.#createErrorLog(name, args);
    const { role, policies } = this.#createRole(name, args);
    this.rule = new iot.TopicRule(
      name,
      {
        name: names.iotRule.name,
        description: pulumi.interpolate`Events for ${names.base}`,
        enabled: true,
        sql: `SELECT * FROM '${topicFilter}'`,
        sqlVersion: "2016-03-23",
        ...(stream
          ? {
              kineses: [
                // The rule makes a new key for each message, so that all shards take part.
                { streamName: names.stream.name, roleArn: role.arn, partitionKey: "${newuuid()}" },
              ],
            }
          : {
              firehoses: [
                { deliveryStreamName: names.deliveryStream.name, roleArn: role.arn, separator: "\n" },
              ],
            }),
        errorAction: { cloudwatchLogs: { logGroupName: names.iotLogGroup.name, roleArn: role.arn } },
        tags,
      },
      {
        parent: this,
        dependsOn: [log, ...policies, stream ? stream.stream : delivery.deliveryStream],
      },
    );
    this.registerOutputs({ ruleName: this.rule.name });
  }

  /** Where messages go that could not be delivered; IoT itself tries no second time. */
  #createErrorLog(name: string, { names, keyArn, settings, tags }: IotRuleArgs): cloudwatch.LogGroup {
    return new cloudwatch.LogGroup(
      name,
      {
        name: names.iotLogGroup.name,
        retentionInDays: settings.logRetentionDays,
        kmsKeyId: keyArn,
        tags,
      },
      { parent: this },
    );
  }

  #createRole(name: string, { names, keyArn, stream, tags }: IotRuleArgs) {
    const role = new iam.Role(
      name,
      {
        name: names.iotRole.name,
        description: pulumi.interpolate`AWS IoT puts messages on ${names.base}`,
        assumeRolePolicy: names.apply((n) => policyDocument(iotTrust(n.location.account, n.iotRule.arn))),
        tags,
      },
      { parent: this },
    );
    const policy = (policyName: string, statements: pulumi.Output<Statement[]>) =>
      new iam.RolePolicy(
        `${name}-${policyName}`,
        { name: policyName, role: role.name, policy: statements.apply(policyDocument) },
        { parent: this },
      );
    const policies = [
      policy(
        "put-events",
        names.apply((n) => [
          ...(stream
            ? putOnStream(n, ["kinesis:PutRecord"])
            : putOnDeliveryStream(n, ["firehose:PutRecord"])),
          ...writeIotErrors(n),
        ]),
      ),
    ];
    if (stream) {
      const keyUse = pulumi.all([keyArn, names]).apply(([key, n]) => encryptOnStream(key, n));
      policies.push(policy("encrypt-on-stream", keyUse));
    }
    return { role, policies };
  }
}
