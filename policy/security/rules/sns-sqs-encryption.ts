import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { isSet } from "../../authoring/unknown.ts";

const topic = "aws:sns/topic:Topic";

interface Messaging {
  kmsMasterKeyId?: string;
  sqsManagedSseEnabled?: boolean;
}

export const snsSqsEncryption = defineResourceRule<Messaging>()({
  name: "sns-sqs-encryption",
  description: "Topics and queues are encrypted, topics with a key that alarms can use.",
  why: "CloudWatch cannot publish to a topic that is encrypted with alias/aws/sns: the alarm changes its state and nobody hears of it.",
  level: "advisory",
  severity: "medium",
  framework: { name: "AWS FSBP", reference: "SNS.1, SQS.1" },
  tags: ["security", "sns", "sqs", "encryption"],
  types: [topic, "aws:sqs/queue:Queue"],
  remediationSteps: [
    "Set `kmsMasterKeyId` to a key of your own whose policy lets cloudwatch.amazonaws.com use it.",
  ],
  config: {
    requireCustomerKeyForTopics: z.boolean().default(true).describe("Whether alias/aws/sns is refused."),
  },
  checks: [
    ({ props, resource, config, violation }) => {
      if (resource.type !== topic) return;
      if (!isSet(props, "kmsMasterKeyId")) violation("kmsMasterKeyId is unset");
      else if (config.requireCustomerKeyForTopics && props.kmsMasterKeyId?.endsWith("alias/aws/sns")) {
        violation("kmsMasterKeyId is alias/aws/sns, to which CloudWatch alarms cannot publish");
      }
    },
    ({ props, resource, violation }) => {
      if (resource.type === topic || isSet(props, "kmsMasterKeyId")) return;
      if (props.sqsManagedSseEnabled === false)
        violation("sqsManagedSseEnabled is false and kmsMasterKeyId is unset");
    },
  ],
});
