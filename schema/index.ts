/**
 * Declares datasets: what `datasets/*.ts` of a project imports, so that a backend can share them without Pulumi.
 *
 * @module
 */
import "#node-version";

export {
  defineDataset,
  DatasetError,
  type Column,
  type ColumnDefinition,
  type Dataset,
  type DatasetDefinition,
  type Granularity,
} from "./dataset.ts";
export type { EventOf } from "./event-type.ts";
export { jsonSchemaOf, type JsonSchema } from "./json-schema.ts";
export { layoutOf, type Layout, type Period } from "./layout.ts";
