import { z } from "zod";
import type { DeploymentDocument, PlannedResource } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { describe, physicalName } from "./plan-text.ts";

const text = z.string().min(1);
const logging = z
  .looseObject({ enabled: z.boolean().default(false), logGroupName: text, logStreamName: text })
  .partial({ logGroupName: true, logStreamName: true })
  .optional();
const bucketShape = {
  roleArn: text,
  bucketArn: text,
  prefix: z.string().default(""),
  errorOutputPrefix: z.string().optional(),
  kmsKeyArn: text.optional(),
  cloudwatchLoggingOptions: logging,
};
const processor = z.looseObject({
  type: text,
  parameters: z.array(z.looseObject({ parameterName: text, parameterValue: z.string() })).default([]),
});

const settingsSchema = z.looseObject({
  kinesisSourceConfiguration: z.looseObject({ kinesisStreamArn: text, roleArn: text }).optional(),
  extendedS3Configuration: z.looseObject({
    ...bucketShape,
    dataFormatConversionConfiguration: z
      .looseObject({
        enabled: z.boolean().default(true),
        schemaConfiguration: z.looseObject({ databaseName: text, tableName: text, roleArn: text }),
      })
      .optional(),
    processingConfiguration: z
      .looseObject({ enabled: z.boolean().default(false), processors: z.array(processor).default([]) })
      .optional(),
    s3BackupMode: z.enum(["Disabled", "Enabled"]).default("Disabled"),
    s3BackupConfiguration: z.looseObject(bucketShape).optional(),
  }),
});

/** What of a declared delivery stream decides which calls Firehose makes. */
export type DeliveryStream = z.output<typeof settingsSchema> & {
  readonly name: string;
  readonly resource: PlannedResource;
};

/** One of the buckets that a delivery stream writes to. */
export type DeliveryBucket = NonNullable<DeliveryStream["extendedS3Configuration"]["s3BackupConfiguration"]>;

/** @throws {Error} naming the delivery stream and the field, when it is not declared or can't be read. */
export function deliveryStreamOf(plan: DeploymentDocument, name: string): DeliveryStream {
  const streams = resourcesOfType(plan, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
  const resource = streams.find((stream) => physicalName(stream) === name);
  if (!resource) {
    const declared = streams.map((stream) => physicalName(stream) ?? describe(stream)).join(", ") || "none";
    throw new Error(`The plan declares no delivery stream "${name}". Its delivery streams: ${declared}.`);
  }
  const settings = settingsSchema.safeParse(resource.inputs);
  if (!settings.success) throw new Error(`${describe(resource)}:\n${z.prettifyError(settings.error)}`);
  return { ...settings.data, name, resource };
}
