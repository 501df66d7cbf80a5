import { defineResourceRule } from "../../authoring/define-rule.ts";
import type { DeliveryStream } from "../../authoring/firehose.ts";
import { deliveryStream } from "../../authoring/resource-types.ts";
import { isSet } from "../../authoring/unknown.ts";

/** The properties that hold a password, token or key as text. */
const credentials = {
  redshiftConfiguration: ["password"],
  splunkConfiguration: ["hecToken"],
  httpEndpointConfiguration: ["accessKey"],
  snowflakeConfiguration: ["privateKey", "keyPassphrase"],
} as const satisfies Partial<Record<keyof DeliveryStream, readonly string[]>>;

export const firehoseNoInlineCredentials = defineResourceRule<DeliveryStream>()({
  name: "firehose-no-inline-credentials",
  description: "A delivery stream takes its destination's credentials from Secrets Manager.",
  why: "A credential in the program is in the state, in the provider's requests and in whoever may describe the stream; and it is never rotated.",
  level: "mandatory",
  severity: "critical",
  framework: { name: "AWS documentation", reference: "Firehose: authenticate with AWS Secrets Manager" },
  tags: ["security", "firehose", "secrets"],
  types: [deliveryStream],
  remediationSteps: ["Put the credential into Secrets Manager and name it in `secretsManagerConfiguration`."],
  config: {},
  // Presence is enough, so an unknown credential is found too; no value is read or repeated.
  checks: Object.entries(credentials).map(([destination, properties]) => ({ props, violation }) => {
    const block = props[destination as keyof typeof credentials];
    for (const property of properties) {
      if (isSet(block, property)) violation(`${destination}.${property} is written in the program`);
    }
  }),
});
