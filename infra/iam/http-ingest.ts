import type { Names } from "../names.ts";
import type { Statement } from "./policy-document.ts";

/**
 * Putting records on the stream, by the actions that are called. Source: API Gateway guide, "Create a REST API as an
 * Amazon Kinesis proxy".
 */
export function putOnStream(
  names: Pick<Names, "stream">,
  actions: ("kinesis:PutRecord" | "kinesis:PutRecords")[],
): Statement[] {
  return [{ Sid: "PutOnStream", Effect: "Allow", Action: actions, Resource: names.stream.arn }];
}

/** A producer of an encrypted stream needs a data key (Kinesis guide, "Permissions to use KMS keys"). */
export function encryptOnStream(keyArn: string, names: Pick<Names, "stream" | "location">): Statement[] {
  return [
    {
      Sid: "EncryptOnStream",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: {
        StringEquals: {
          "kms:ViaService": `kinesis.${names.location.region}.amazonaws.com`,
          "kms:EncryptionContext:aws:kinesis:arn": names.stream.arn,
        },
      },
    },
  ];
}
