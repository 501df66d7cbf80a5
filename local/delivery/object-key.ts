import { randomUUID } from "node:crypto";
import { timestampFormat } from "./timestamp-format.ts";

const suffixTime = timestampFormat("yyyy-MM-dd-HH-mm-ss");

/** The name of an object after its prefix: `STREAM-VERSION-yyyy-MM-dd-HH-mm-ss-UUID.EXTENSION` (aws-semantics 1.8). */
export function objectName(options: {
  deliveryStreamName: string;
  version: number;
  instant: Date;
  timeZone: string;
  /** With its dot, or empty. */
  extension: string;
}): string {
  const { deliveryStreamName, version, instant, timeZone, extension } = options;
  return `${deliveryStreamName}-${version}-${suffixTime(instant, timeZone)}-${randomUUID()}${extension}`;
}
