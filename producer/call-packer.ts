import type { PackedRecord } from "./pack.ts";
import type { SinkLimits } from "./sinks/sink.ts";

/** Gathers records into calls within a sink's limits. */
export class CallPacker {
  readonly #limits: SinkLimits;
  #records: PackedRecord[] = [];
  #bytes = 0;

  constructor(limits: SinkLimits) {
    this.#limits = limits;
  }

  /** Adds a record. @returns the call that is full now, or was full without it, if any. */
  add(record: PackedRecord): PackedRecord[] | undefined {
    const { recordsPerCall, bytesPerCall, overheadBytes } = this.#limits;
    const bytes = record.data.length + overheadBytes;
    const full = this.#bytes + bytes > bytesPerCall ? this.flush() : undefined;
    this.#records.push(record);
    this.#bytes += bytes;
    // Never a second one: where a call takes one record, none ever waits here.
    return full ?? (this.#records.length >= recordsPerCall ? this.flush() : undefined);
  }

  /** The call of what was gathered, if anything was. */
  flush(): PackedRecord[] | undefined {
    if (this.#records.length === 0) return undefined;
    const records = this.#records;
    this.#records = [];
    this.#bytes = 0;
    return records;
  }
}
