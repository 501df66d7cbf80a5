import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import type { DeliveryStream } from "../../authoring/firehose.ts";
import { deliveryStream } from "../../authoring/resource-types.ts";
import { isSet } from "../../authoring/unknown.ts";

const customerKey = "CUSTOMER_MANAGED_CMK";

/** Firehose keeps records of its own only with Direct PUT; else the source is what must be encrypted. */
function isDirectPut(props: DeliveryStream): boolean {
  return !isSet(props, "kinesisSourceConfiguration") && !isSet(props, "mskSourceConfiguration");
}

export const firehoseEncryption = defineResourceRule<DeliveryStream>()({
  name: "firehose-encryption",
  description:
    "A delivery stream that takes records itself encrypts them; one that reads a stream leaves that to it.",
  why: "Firehose holds records until it has delivered them. With a Kinesis or MSK source AWS refuses server-side encryption here: the stream's own key is what protects them (rule kinesis-encryption).",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS FSBP", reference: "DataFirehose.1" },
  tags: ["security", "firehose", "encryption"],
  types: [deliveryStream],
  remediationSteps: [
    "Direct PUT: set `serverSideEncryption.enabled` to true.",
    "Kinesis or MSK source: remove `serverSideEncryption` and encrypt the source.",
  ],
  config: {
    requireCustomerKey: z.boolean().default(false).describe("Whether the key must be your own."),
    kmsKeyArns: z.array(z.string()).default([]).describe("Accepted keys; empty: any."),
  },
  checks: [
    ({ props, violation }) => {
      const enabled = props.serverSideEncryption?.enabled === true;
      if (isDirectPut(props) && !enabled) violation("serverSideEncryption.enabled is not true");
      if (!isDirectPut(props) && enabled) {
        violation("serverSideEncryption is on, which AWS refuses for a stream that has a source");
      }
    },
    ({ props, config, violation }) => {
      if (!isDirectPut(props) || props.serverSideEncryption?.enabled !== true || !config.requireCustomerKey)
        return;
      const keyType = props.serverSideEncryption.keyType ?? "AWS_OWNED_CMK";
      if (keyType !== customerKey)
        violation(`serverSideEncryption.keyType is ${keyType}; use ${customerKey}`);
    },
    ({ props, config, violation }) => {
      if (!isDirectPut(props) || props.serverSideEncryption?.enabled !== true) return;
      if (config.kmsKeyArns.length === 0) return;
      if (!config.kmsKeyArns.includes(props.serverSideEncryption.keyArn ?? "")) {
        violation("serverSideEncryption.keyArn is none of the accepted keys");
      }
    },
  ],
});
