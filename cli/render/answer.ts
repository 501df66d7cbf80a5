import type { AthenaValue, ResultColumn } from "../../athena/client/values.ts";

/** An answer as the renderers take it: rows come as they are read. */
export interface Answer {
  readonly columns: readonly ResultColumn[];
  readonly rows: AsyncIterable<readonly AthenaValue[]>;
}

/** Pieces of text that make up a rendered answer. */
export type TextStream = AsyncGenerator<string>;
