import type { AthenaValue } from "../../athena/client/values.ts";
import type { Answer } from "../render/answer.ts";

/** Rows of our own as an answer, so that lists are written in every form that answers are. */
export function answerOf(
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly AthenaValue[])[],
): Answer {
  return {
    columns: Object.entries(columns).map(([name, type]) => ({ name, key: name, type })),
    rows: each(rows),
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a generator, for what takes one
async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
