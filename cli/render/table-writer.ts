import type { AthenaValue } from "../../athena/client/values.ts";

/** A table that is written row by row. Each text ends with a line end. */
export interface TableWriter {
  readonly head: string;
  readonly row: (values: readonly AthenaValue[]) => string;
  readonly foot: string;
}
