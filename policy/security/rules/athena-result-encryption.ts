import { z } from "zod";
import { defineResourceRule } from "../../authoring/define-rule.ts";
import type { Workgroup } from "../../authoring/athena.ts";
import { workgroup } from "../../authoring/resource-types.ts";
import { isSet } from "../../authoring/unknown.ts";

export const athenaResultEncryption = defineResourceRule<Workgroup>()({
  name: "athena-result-encryption",
  description: "Query results are encrypted.",
  why: "A result is a copy of the data, in another bucket and with other readers.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS FSBP", reference: "Athena.1 (retired 2024)" },
  tags: ["security", "athena", "encryption"],
  types: [workgroup],
  remediationSteps: [
    "Set `resultConfiguration.encryptionConfiguration.encryptionOption` to SSE_KMS and `kmsKeyArn` to the key.",
    "Or let Athena keep the results: `managedQueryResultsConfiguration.enabled`, which always encrypts.",
  ],
  config: {
    options: z
      .array(z.enum(["SSE_S3", "SSE_KMS", "CSE_KMS"]))
      .default(["SSE_S3", "SSE_KMS", "CSE_KMS"])
      .describe("Accepted kinds of encryption."),
  },
  checks: [
    ({ props, config, violation }) => {
      if (props.configuration?.managedQueryResultsConfiguration?.enabled === true) return;
      const encryption = props.configuration?.resultConfiguration?.encryptionConfiguration;
      const option = encryption?.encryptionOption ?? "unset";
      if (!(config.options as string[]).includes(option)) {
        violation(`encryptionOption is ${option}; use ${config.options.join(", ")}`);
      } else if (option !== "SSE_S3" && !isSet(encryption, "kmsKeyArn")) {
        violation(`encryptionOption is ${option}, but kmsKeyArn is unset`);
      }
    },
  ],
});
