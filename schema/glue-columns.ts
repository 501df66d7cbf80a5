import type { Dataset } from "./dataset.ts";

export interface GlueColumn {
  name: string;
  type: string;
  comment: string;
}

/** The columns of the Glue table, in the order of the Parquet files. */
export function glueColumnsOf(dataset: Dataset): GlueColumn[] {
  return dataset.columns.map(({ columnName, type, description }) => ({
    name: columnName,
    type,
    comment: description,
  }));
}
