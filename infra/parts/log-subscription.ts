import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import { policyDocument } from "../iam/policy-document.ts";
import { putOnDeliveryStream } from "../iam/sources.ts";
import { logsTrust } from "../iam/trust.ts";
import type { Settings } from "../settings.ts";
import type { Delivery } from "./delivery.ts";
import type { PartArgs } from "./part.ts";

export interface LogSubscriptionArgs extends PartArgs {
  delivery: Delivery;
  settings: Pick<Settings, "logGroupName" | "logFilterPattern">;
}

/** CloudWatch Logs sends a log group's messages to the delivery stream, which unpacks them. */
export class LogSubscription extends pulumi.ComponentResource {
  readonly filter: cloudwatch.LogSubscriptionFilter;

  constructor(name: string, args: LogSubscriptionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:pipeline:LogSubscription", name, {}, opts);
    const { names, tags, delivery, settings } = args;
    const logGroupName = settings.logGroupName!;
    const role = new iam.Role(
      name,
      {
        name: names.subscriptionRole.name,
        description: pulumi.interpolate`CloudWatch Logs puts messages on ${names.deliveryStream.name}`,
        assumeRolePolicy: names.location.apply(({ account, partition, region }) =>
          policyDocument(logsTrust(`arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`)),
        ),
        tags,
      },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      name,
      {
        name: "put-on-delivery-stream",
        role: role.name,
        policy: names.apply((n) =>
          policyDocument(putOnDeliveryStream(n, ["firehose:PutRecord", "firehose:PutRecordBatch"])),
        ),
      },
      { parent: this },
    );
    this.filter = new cloudwatch.LogSubscriptionFilter(
      name,
      {
        name: names.base,
        logGroup: logGroupName,
        filterPattern: settings.logFilterPattern ?? "",
        destinationArn: names.deliveryStream.arn,
        roleArn: role.arn,
      },
      // CloudWatch Logs sends a test message when the filter is made.
      { parent: this, dependsOn: [policy, delivery.deliveryStream] },
    );
    this.registerOutputs({ filterName: this.filter.name });
  }
}
