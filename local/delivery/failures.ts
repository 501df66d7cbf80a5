import { OldestArrival } from "./output.ts";
import type { SourceRecord } from "./record-source.ts";

/** What failed of a buffer for one reason: the lines of an error object. */
export class Failures {
  /** The folder that `!{firehose:error-output-type}` stands for (aws-semantics 1.8). */
  readonly errorOutputType: "format-conversion-failed" | "decompression-failed";
  #lines: string[] = [];
  #oldest = new OldestArrival();

  constructor(errorOutputType: Failures["errorOutputType"]) {
    this.errorOutputType = errorOutputType;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** When the first of the records that failed arrived. */
  get instant(): Date {
    return this.#oldest.instant;
  }

  add(record: SourceRecord, line: string): void {
    this.#lines.push(line);
    this.#oldest.add(record);
  }

  clear(): void {
    this.#lines = [];
    this.#oldest = new OldestArrival();
  }
}
