import type { Projection } from "../projection/projection.ts";
import type { TrinoType } from "./types/trino-type.ts";

export interface CatalogColumn {
  readonly name: string;
  /** As Glue has it: `array<string>`. */
  readonly hiveType: string;
  readonly type: TrinoType;
  readonly comment?: string;
}

/** A declared Glue table. */
export interface CatalogTable {
  readonly database: string;
  readonly name: string;
  readonly description?: string;
  readonly tableType: string;
  readonly columns: readonly CatalogColumn[];
  readonly partitionKeys: readonly CatalogColumn[];
  /** `s3://bucket/prefix/` */
  readonly location: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serializationLibrary: string;
  /** Where the table has partition projection. */
  readonly projection?: Projection;
}

export interface CatalogDatabase {
  readonly name: string;
  readonly description?: string;
  readonly tables: ReadonlyMap<string, CatalogTable>;
}

/** The declared databases, by name. */
export type Catalog = ReadonlyMap<string, CatalogDatabase>;
