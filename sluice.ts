/**
 * What another Pulumi program, backend or tool imports from the package `sluice`.
 *
 * @module
 */
export { EventPipeline, type EventPipelineArgs } from "./infra/event-pipeline.ts";
export { defaults } from "./infra/defaults.ts";
export { SettingsError } from "./infra/settings.ts";
export { EncryptionKey } from "./infra/parts/encryption-key.ts";
export { EventStream } from "./infra/parts/event-stream.ts";
export { LakeBucket } from "./infra/parts/lake-bucket.ts";
export { LakeTable } from "./infra/parts/lake-table.ts";
export { Delivery } from "./infra/parts/delivery.ts";
export { QueryWorkgroup, type DeployedQuery } from "./infra/parts/query-workgroup.ts";
export { Alarms } from "./infra/parts/alarms.ts";
export { defineDataset, DatasetError, type Dataset, type DatasetDefinition } from "./schema/dataset.ts";
export { layoutOf, type Layout, type Period } from "./schema/layout.ts";
export { jsonSchemaOf } from "./schema/json-schema.ts";
export type { EventOf } from "./schema/event-type.ts";
export { queriesOf } from "./athena/named-query/library.ts";
export { athenaClient } from "./athena/client/client.ts";
export { NoSuchQueryError, runNamedQuery } from "./athena/client/run-named.ts";
export { DeployedDatasetError } from "./athena/client/deployed-dataset.ts";
export { readConfig, type StackConfig } from "./infra/config.ts";
export * from "./producer/index.ts";
