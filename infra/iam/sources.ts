import type { Names } from "../names.ts";
import type { Statement } from "./policy-document.ts";

/** Putting records into Firehose's own API (Service Authorization Reference, Firehose). */
export function putOnDeliveryStream(
  names: Pick<Names, "deliveryStream">,
  actions: ("firehose:PutRecord" | "firehose:PutRecordBatch")[],
): Statement[] {
  return [
    {
      Sid: "PutOnDeliveryStream",
      Effect: "Allow",
      Action: actions,
      Resource: names.deliveryStream.arn,
    },
  ];
}

/** AWS IoT writes what a rule could not deliver into a log group (IoT guide, "CloudWatch Logs" action). */
export function writeIotErrors(names: Pick<Names, "iotLogGroup">): Statement[] {
  return [
    {
      Sid: "WriteErrors",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [names.iotLogGroup.arn, `${names.iotLogGroup.arn}:log-stream:*`],
    },
  ];
}
