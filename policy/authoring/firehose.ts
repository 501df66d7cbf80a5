import type { Unwrap } from "@pulumi/pulumi";
import type { kinesis } from "@pulumi/aws";

export type DeliveryStream = Unwrap<kinesis.FirehoseDeliveryStreamArgs>;
export type ExtendedS3 = NonNullable<DeliveryStream["extendedS3Configuration"]>;

/** The properties that declare a destination; AWS accepts exactly one. */
export const destinations = [
  "extendedS3Configuration",
  "redshiftConfiguration",
  "opensearchConfiguration",
  "opensearchserverlessConfiguration",
  "elasticsearchConfiguration",
  "splunkConfiguration",
  "httpEndpointConfiguration",
  "snowflakeConfiguration",
  "icebergConfiguration",
] as const satisfies readonly (keyof DeliveryStream)[];

/** The settings of an S3 delivery that a destination other than S3 has, for staging or for what failed. */
export function nestedS3Configurations(props: DeliveryStream) {
  return destinations
    .filter((destination) => destination !== "extendedS3Configuration")
    .map((destination) => ({ destination, path: `${destination}.s3Configuration` }))
    .filter(({ destination }) => props[destination] !== undefined)
    .map(({ destination, path }) => ({ path, s3: props[destination]!.s3Configuration }));
}

/** Whether the S3 destination writes Parquet or ORC. The block switches conversion on unless it says `enabled: false`. */
export function convertsFormat(s3: ExtendedS3): boolean {
  const conversion = s3.dataFormatConversionConfiguration;
  return conversion !== undefined && conversion.enabled !== false;
}

/** What a prefix is before its first expression: `data/dt=!{timestamp:yyyy}/` → `data/dt=`. */
export function staticPart(prefix: string): string {
  return prefix.split("!{", 1)[0]!;
}
