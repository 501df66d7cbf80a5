import { z } from "zod";
import type { Unwrap } from "@pulumi/pulumi";
import type { kinesis } from "@pulumi/aws";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import { stream } from "../../authoring/resource-types.ts";
import { isSet } from "../../authoring/unknown.ts";

const awsManagedKey = "alias/aws/kinesis";

export const kinesisEncryption = defineResourceRule<Unwrap<kinesis.StreamArgs>>()({
  name: "kinesis-encryption",
  description: "A Kinesis stream is encrypted with a KMS key.",
  why: "A stream holds every event for a day or more. Firehose cannot encrypt a stream that it reads from Kinesis; the stream itself must.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS FSBP", reference: "Kinesis.1" },
  tags: ["security", "kinesis", "encryption"],
  types: [stream],
  remediationSteps: ["Set `encryptionType` to KMS and `kmsKeyId` to a key; alias/aws/kinesis costs nothing."],
  config: {
    requireCustomerKey: z
      .boolean()
      .default(false)
      .describe("Whether the key must be your own and not alias/aws/kinesis."),
    remediationKey: z.string().default(awsManagedKey).describe("The key that a remediation sets."),
  },
  checks: [
    ({ props, violation }) => {
      if (props.encryptionType !== "KMS")
        violation(`encryptionType is ${props.encryptionType ?? "unset"}; use KMS`);
      else if (!isSet(props, "kmsKeyId")) violation("encryptionType is KMS, but kmsKeyId is unset");
    },
    ({ props, config, violation }) => {
      if (!config.requireCustomerKey || !isSet(props, "kmsKeyId")) return;
      // An alias by its name, or by its ARN.
      if (props.kmsKeyId?.endsWith(awsManagedKey))
        violation(`kmsKeyId is ${awsManagedKey}; use a key of your own`);
    },
  ],
  remediate: (props, config) => {
    if (props.encryptionType === "KMS" && isSet(props, "kmsKeyId")) return false;
    props.encryptionType = "KMS";
    if (!isSet(props, "kmsKeyId")) props.kmsKeyId = config.remediationKey;
    return true;
  },
});
