import { z } from "zod";
import { arnOf } from "../../aws/arn.ts";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import { resourcesOfType } from "../../plan/resources.ts";
import { describe, physicalName, textInput } from "./plan-text.ts";
import { regionOf } from "./region.ts";
import { roleOf } from "./role.ts";

/** Who asks. */
export interface Analyst {
  readonly plan: DeploymentDocument;
  /** Name or ARN of the role. */
  readonly role: string;
}

/** An operation of Athena's API and what it is about. */
export interface OperationTarget {
  /** `GetWorkGroup`, for example. */
  readonly operation: string;
  /** Default: `primary`, as Athena does. */
  readonly workgroup?: string;
  /** Default: `AwsDataCatalog`. */
  readonly dataCatalog?: string;
  /** For operations about a database or a table. */
  readonly database?: string;
  readonly table?: string;
}

/** A table that lies in the lake. */
export interface LakeTable {
  /** `s3://bucket/prefix/`. */
  readonly location: string;
  /** Whether Athena has to ask Glue for the partitions. */
  readonly listsPartitions: boolean;
}

// Service Authorization Reference, Athena: operations that are not about a workgroup.
const ofDataCatalog = new Set([
  "GetDataCatalog",
  "GetDatabase",
  "GetTableMetadata",
  "ListDatabases",
  "ListTableMetadata",
]);
const ofNoResource = new Set(["ListDataCatalogs", "ListEngineVersions", "ListWorkGroups"]);

const tableSchema = z.looseObject({
  storageDescriptor: z.looseObject({ location: z.string().startsWith("s3://") }),
  partitionKeys: z.array(z.unknown()).default([]),
  parameters: z.record(z.string(), z.unknown()).default({}),
});

const workgroupSchema = z.looseObject({
  configuration: z
    .looseObject({
      resultConfiguration: z
        .looseObject({
          encryptionConfiguration: z.looseObject({ kmsKeyArn: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

/** Where the analyst's role lives and where the plan deploys. */
export function placeOf({ plan, role }: Analyst): { partition: string; account: string; region: string } {
  const { partition, account, resource } = roleOf(plan, role);
  return { partition, account, region: regionOf(plan, resource) };
}

/** What an operation of Athena's API is authorized on. */
export function athenaResource(analyst: Analyst, target: OperationTarget): string {
  const { operation, workgroup = "primary", dataCatalog = "AwsDataCatalog" } = target;
  if (ofNoResource.has(operation)) return "*";
  const resource = ofDataCatalog.has(operation) ? `datacatalog/${dataCatalog}` : `workgroup/${workgroup}`;
  return arnOf("athena", resource, placeOf(analyst));
}

/** @returns undefined when the plan declares no such table. @throws {Error} when its location can't be read. */
export function declaredTable(
  plan: DeploymentDocument,
  database: string,
  table: string,
): LakeTable | undefined {
  const resource = resourcesOfType(plan, "aws:glue/catalogTable:CatalogTable").find(
    (candidate) => textInput(candidate, "databaseName") === database && physicalName(candidate) === table,
  );
  if (!resource) return undefined;
  const read = tableSchema.safeParse(resource.inputs);
  if (!read.success) throw new Error(`${describe(resource)}:\n${z.prettifyError(read.error)}`);
  const { storageDescriptor, partitionKeys, parameters } = read.data;
  return {
    location: storageDescriptor.location,
    listsPartitions: partitionKeys.length > 0 && parameters["projection.enabled"] !== "true",
  };
}

/** The key with which a workgroup encrypts results; undefined when the bucket's own encryption decides. */
export function resultKeyOf(plan: DeploymentDocument, workgroup: string): string | undefined {
  const resource = resourcesOfType(plan, "aws:athena/workgroup:Workgroup").find(
    (candidate) => physicalName(candidate) === workgroup,
  );
  if (!resource) return undefined;
  const read = workgroupSchema.safeParse(resource.inputs);
  if (!read.success) throw new Error(`${describe(resource)}:\n${z.prettifyError(read.error)}`);
  return read.data.configuration?.resultConfiguration?.encryptionConfiguration?.kmsKeyArn;
}
