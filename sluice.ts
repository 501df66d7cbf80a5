/**
 * What a Pulumi program imports from `sluice`. A backend imports `sluice/producer`, `sluice/queries` and `sluice/dataset`.
 *
 * @module
 */
import "#node-version";

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
export * from "./schema/index.ts";
export { queriesOf } from "./athena/named-query/library.ts";
export type { NamedQuery } from "./athena/named-query/named-query.ts";
export { readConfig, type StackConfig } from "./infra/config.ts";
