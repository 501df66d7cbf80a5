import { inferDataset, type InferredDataset, type InferOptions } from "../../../schema/infer/index.ts";
import { parseAsWritten } from "../../../schema/infer/written-number.ts";

/** What lines of JSON show. */
export function inferredOf(
  lines: readonly string[],
  options: Partial<InferOptions> = {},
): Promise<InferredDataset> {
  const values = lines.map((line) => parseAsWritten(line));
  return inferDataset(values, { name: "orders", ...options });
}

/** What the values of a key show: its type, and what is not sure of it. */
export async function typeOfValues(key: string, values: readonly string[]) {
  const lines = values.map(
    (value, index) => `{"event_id":"e${index}","event_time":"2026-11-20T10:00:00Z","${key}":${value}}`,
  );
  const { definition, doubts } = await inferredOf(lines);
  const about = doubts.filter((doubt) => doubt.startsWith(`\`${key}`));
  return { type: definition.columns[key]?.type, column: definition.columns[key], doubts: about };
}
