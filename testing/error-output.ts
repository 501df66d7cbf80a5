import { readFile } from "node:fs/promises";
import type { ObjectStore } from "../local/lake/object-store.ts";

/** An event that did not become a row. */
export interface FailedEvent {
  /** What Firehose calls the failure, such as `DataFormatConversion.MalformedData`. */
  readonly code: string;
  /** Why it failed, in Firehose's words. */
  readonly reason: string;
  /** The event as it came. */
  readonly raw: string;
}

/** A line of an error object: of a conversion, or of the unpacking of a record (aws-semantics 1.5, 1.6). */
interface ErrorLine {
  readonly rawData: string;
  readonly lastErrorCode?: string;
  readonly lastErrorMessage?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** What is in the error output, in the order of its objects. @param folder of the bucket that holds it. */
export async function failedEvents(
  objects: ObjectStore,
  bucket: string,
  folder: string,
): Promise<FailedEvent[]> {
  const failed: FailedEvent[] = [];
  for (const { path } of await objects.list(bucket, folder)) {
    const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
    failed.push(...lines.map((line) => failedEventOf(JSON.parse(line) as ErrorLine)));
  }
  return failed;
}

function failedEventOf(line: ErrorLine): FailedEvent {
  return {
    code: line.lastErrorCode ?? line.errorCode ?? "",
    reason: line.lastErrorMessage ?? line.errorMessage ?? "",
    raw: Buffer.from(line.rawData, "base64").toString(),
  };
}
