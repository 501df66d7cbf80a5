import type { Access } from "./access.ts";
import type { Catalog } from "../../athena/dialect/catalog.ts";
import type { SavedStatements } from "./catalog/saved-statements.ts";
import type { Workgroup } from "./catalog/workgroups.ts";
import type { History } from "./execution/history.ts";
import type { QueryRunner } from "./execution/query-runner.ts";
import type { LakeReader } from "./execution/run-query.ts";

/** What the operations of the API work on. */
export interface Backend {
  readonly access: Access;
  readonly catalog: Catalog;
  readonly workgroups: ReadonlyMap<string, Workgroup>;
  readonly saved: SavedStatements;
  readonly history: History;
  readonly lake: LakeReader;
  readonly runner: QueryRunner;
  readonly startedAt: Date;
}

/** The catalog's name in Athena. */
export const catalogName = "AwsDataCatalog";
