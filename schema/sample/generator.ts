import type { Random } from "./random.ts";

/** Makes the events of one dataset, in order of time. */
export interface Generator {
  /** The event that happens at an instant (milliseconds since 1970). */
  readonly next: (instant: number) => Record<string, unknown>;
  /** Columns to spoil in malformed events, each with a value that Firehose cannot convert to the column's type. */
  readonly unconvertible: readonly (readonly [column: string, value: unknown])[];
}

export type MakeGenerator = (random: Random, count: number) => Generator;
