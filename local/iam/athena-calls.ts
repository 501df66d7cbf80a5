import { partsOfS3Url } from "../../aws/s3-url.ts";
import {
  athenaResource,
  declaredTable,
  placeOf,
  resultKeyOf,
  type Analyst,
  type LakeTable,
  type OperationTarget,
} from "./athena-resources.ts";
import { calledVia } from "./call-context.ts";
import type { Call } from "./calls.ts";
import { glueCalls, type GlueCaller } from "./glue-calls.ts";
import { bucketCalls, listCall, objectCalls, type S3Caller } from "./s3-calls.ts";

// Which action a query takes for what: Athena guide, "Access to workgroups and tags", "Fine-grained access to databases
// and tables", "Access to Amazon S3"; Service Authorization Reference. aws-semantics 6. Athena reads the catalog and S3
// with the caller's own rights, so those calls are the caller's, by way of Athena.

export interface Query {
  readonly workgroup: string;
  /** The tables that the statement names. */
  readonly tables: readonly { readonly database: string; readonly table: string }[];
  /** Whether the statement is an EXECUTE. Default: false. */
  readonly prepared?: boolean;
  /** The `s3://` URL of the result file, once the workgroup's settings have been applied. */
  readonly resultLocation: string;
  /** The `s3://` URLs of the objects that are read. Default: one that stands for all of each table. */
  readonly objects?: readonly string[];
}

/** The metadata operations and the Glue action behind each. */
const glueActions: Readonly<Record<string, string>> = {
  GetDatabase: "glue:GetDatabase",
  GetTableMetadata: "glue:GetTable",
  ListDatabases: "glue:GetDatabases",
  ListTableMetadata: "glue:GetTables",
};

/** The calls behind one operation of Athena's API, but for what a query does later: `queryCalls`, `readResultCalls`. */
export function operationCalls(analyst: Analyst, target: OperationTarget): Call[] {
  const { operation, database, table } = target;
  const resource = athenaResource(analyst, target);
  const glueAction = glueActions[operation];
  return [
    { role: analyst.role, action: `athena:${operation}`, resource },
    ...(glueAction === undefined ? [] : glueCalls(glueCallerOf(analyst), [glueAction], database, table)),
  ];
}

/** The calls that a query makes from its start to its last byte of result. */
export function queryCalls(analyst: Analyst, query: Query): Call[] {
  const { workgroup, tables, prepared, resultLocation } = query;
  const operations = ["StartQueryExecution", ...(prepared ? ["GetPreparedStatement"] : [])];
  return [
    ...operations.flatMap((operation) => operationCalls(analyst, { operation, workgroup })),
    ...tables.flatMap(({ database, table }) =>
      tableCalls(analyst, database, table, query.objects === undefined),
    ),
    ...(query.objects ?? []).flatMap((url) =>
      objectCalls(s3CallerOf(analyst), partsOfS3Url(url), ["s3:GetObject"]),
    ),
    ...writeResultCalls(analyst, workgroup, resultLocation),
  ];
}

/** The calls of GetQueryResults: Athena reads the result file with the caller's rights. */
export function readResultCalls(analyst: Analyst, workgroup: string, resultLocation: string): Call[] {
  return [
    ...operationCalls(analyst, { operation: "GetQueryResults", workgroup }),
    ...objectCalls(s3CallerOf(analyst), partsOfS3Url(resultLocation), ["s3:GetObject"]),
  ];
}

function tableCalls(analyst: Analyst, database: string, table: string, sampleObject: boolean): Call[] {
  const caller = glueCallerOf(analyst);
  const declared = declaredTable(analyst.plan, database, table);
  return [
    ...glueCalls(caller, ["glue:GetDatabase"], database),
    // With partition projection Athena computes the partitions and asks for none (Athena guide, "Partition projection").
    ...glueCalls(
      caller,
      declared?.listsPartitions ? ["glue:GetTable", "glue:GetPartitions"] : ["glue:GetTable"],
      database,
      table,
    ),
    ...(declared ? dataCalls(analyst, declared, sampleObject) : []),
  ];
}

function dataCalls(analyst: Analyst, { location }: LakeTable, sampleObject: boolean): Call[] {
  const caller = s3CallerOf(analyst);
  const { bucket, key } = partsOfS3Url(location);
  return [
    ...bucketCalls(caller, bucket, ["s3:GetBucketLocation"]),
    listCall(caller, bucket, key),
    ...(sampleObject ? objectCalls(caller, { bucket, key: `${key}object` }, ["s3:GetObject"]) : []),
  ];
}

function writeResultCalls(analyst: Analyst, workgroup: string, resultLocation: string): Call[] {
  const caller = s3CallerOf(analyst);
  const { bucket, key } = partsOfS3Url(resultLocation);
  return [
    ...bucketCalls(caller, bucket, [
      "s3:GetBucketLocation",
      "s3:ListBucket",
      "s3:ListBucketMultipartUploads",
    ]),
    ...objectCalls(caller, { bucket, key, kmsKey: resultKeyOf(analyst.plan, workgroup) }, [
      "s3:PutObject",
      "s3:GetObject",
      "s3:AbortMultipartUpload",
      "s3:ListMultipartUploadParts",
    ]),
  ];
}

function glueCallerOf(analyst: Analyst): GlueCaller {
  const { partition, account, region } = placeOf(analyst);
  return { role: analyst.role, partition, account, region, context: calledVia("athena.amazonaws.com") };
}

function s3CallerOf(analyst: Analyst): S3Caller {
  const { partition, region } = placeOf(analyst);
  return { ...analyst, partition, region, context: calledVia("athena.amazonaws.com") };
}
