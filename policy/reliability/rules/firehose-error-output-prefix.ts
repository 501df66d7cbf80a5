import { defineResourceRule } from "../../authoring/define-rule.ts";
import { staticPart, type DeliveryStream } from "../../authoring/firehose.ts";
import { deliveryStream } from "../../authoring/resource-types.ts";

const errorType = "!{firehose:error-output-type}";

export const firehoseErrorOutputPrefix = defineResourceRule<DeliveryStream>()({
  name: "firehose-error-output-prefix",
  description:
    "What could not be delivered goes to a folder of its own, sorted by kind of error where prefixes have expressions.",
  why: "Failed events are the ones to look at and to replay. Without the prefix AWS refuses a prefix with expressions; inside the data's folder a table reads them as rows.",
  level: "mandatory",
  severity: "high",
  framework: { name: "AWS documentation", reference: "Firehose: custom prefixes for S3 objects" },
  tags: ["reliability", "firehose", "s3"],
  types: [deliveryStream],
  remediationSteps: [
    `Set \`errorOutputPrefix\` to a folder beside the data, for example errors/${errorType}/.`,
  ],
  config: {},
  checks: [
    ({ props, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3) return;
      const prefix = s3.errorOutputPrefix ?? "";
      if (prefix === "") violation("errorOutputPrefix is unset");
      // A prefix of plain text needs none.
      else if (`${s3.prefix ?? ""}${prefix}`.includes("!{") && !prefix.includes(errorType))
        violation(`errorOutputPrefix does not hold ${errorType}`);
    },
    ({ props, violation }) => {
      const s3 = props.extendedS3Configuration;
      if (!s3?.errorOutputPrefix) return;
      const data = staticPart(s3.prefix ?? "");
      const folder = data.slice(0, data.lastIndexOf("/") + 1);
      const errors = staticPart(s3.errorOutputPrefix);
      const inside =
        folder === "" ? errors.startsWith(data) && (data !== "" || errors === "") : errors.startsWith(folder);
      if (inside) violation(`errorOutputPrefix lies inside the data's folder "${folder}"`);
    },
  ],
});
