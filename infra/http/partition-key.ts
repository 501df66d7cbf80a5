import { RunError } from "@pulumi/pulumi/errors.js";
import type { Dataset } from "../../schema/dataset.ts";

/** A partition key is there in every event, and a text. @throws {RunError} naming the columns that can be one. */
export function requireKeyColumn(dataset: Dataset, name: string): void {
  const candidates = dataset.columns.filter(({ type, required }) => type === "string" && required);
  if (candidates.some((column) => column.name === name)) return;
  const offer = candidates.map((column) => column.name).join(", ");
  throw new RunError(
    `httpPartitionKey "${name}" is no required string column of the dataset "${dataset.name}". ` +
      (offer === "" ? "It has none: leave httpPartitionKey out." : `Use one of ${offer}.`),
  );
}
