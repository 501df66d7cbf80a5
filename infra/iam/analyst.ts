import type { Names } from "../names.ts";
import type { Statement } from "./policy-document.ts";

/**
 * What an analyst may do: run queries in one workgroup, over one table, with results in one folder. The data itself can
 * be read by Athena on the analyst's behalf only. Source: aws-semantics 6 (Athena guide, Service Authorization Reference).
 * @param dataFolder where the table's objects lie in the lake bucket.
 */
export function analystPolicy(names: Names, dataFolder: string): Statement[] {
  const { resultsBucket, lakeBucket, workgroup, location } = names;
  const sameAccount = { StringEquals: { "aws:ResourceAccount": location.account } };
  return [
    {
      Sid: "Workgroup",
      Effect: "Allow",
      Action: [
        "athena:BatchGetNamedQuery",
        "athena:BatchGetQueryExecution",
        "athena:GetNamedQuery",
        "athena:GetPreparedStatement",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetQueryResultsStream",
        "athena:GetQueryRuntimeStatistics",
        "athena:GetWorkGroup",
        "athena:ListNamedQueries",
        "athena:ListPreparedStatements",
        "athena:ListQueryExecutions",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: workgroup.arn,
    },
    {
      // These three name no resource that could be narrowed down (Service Authorization Reference).
      Sid: "ListOnly",
      Effect: "Allow",
      Action: ["athena:ListDataCatalogs", "athena:ListEngineVersions", "athena:ListWorkGroups"],
      Resource: "*",
    },
    {
      Sid: "Catalog",
      Effect: "Allow",
      Action: [
        "athena:GetDataCatalog",
        "athena:GetDatabase",
        "athena:GetTableMetadata",
        "athena:ListDatabases",
        "athena:ListTableMetadata",
      ],
      Resource: names.dataCatalogArn,
    },
    {
      Sid: "ReadSchema",
      Effect: "Allow",
      Action: [
        "glue:BatchGetPartition",
        "glue:GetDatabase",
        "glue:GetDatabases",
        "glue:GetPartition",
        "glue:GetPartitions",
        "glue:GetTable",
        "glue:GetTables",
      ],
      Resource: [names.catalogArn, names.database.arn, names.table.arn],
    },
    {
      // Athena looks at the database "default" before every query (Athena guide, "Access to databases and tables").
      Sid: "DefaultDatabase",
      Effect: "Allow",
      Action: ["glue:GetDatabase"],
      Resource: [names.catalogArn, names.defaultDatabaseArn],
    },
    {
      Sid: "ListData",
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: lakeBucket.arn,
      Condition: { StringLike: { "s3:prefix": [dataFolder, `${dataFolder}*`] } },
    },
    {
      // This action has no s3:prefix in its request, so it stands alone.
      Sid: "FindData",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation"],
      Resource: lakeBucket.arn,
    },
    {
      Sid: "ReadDataThroughAthena",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: `${lakeBucket.arn}/${dataFolder}*`,
      Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": ["athena.amazonaws.com"] } },
    },
    {
      Sid: "FindResults",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: resultsBucket.arn,
      Condition: sameAccount,
    },
    {
      Sid: "WriteResults",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: `${resultsBucket.arn}/${workgroup.name}/*`,
      Condition: sameAccount,
    },
  ];
}

/** Decrypting the data, and encrypting and decrypting the results, through S3 only. */
export function analystKeyUse(keyArn: string, names: Names): Statement[] {
  const viaS3 = { "kms:ViaService": `s3.${names.location.region}.amazonaws.com` };
  const context = (bucketArn: string) => ({
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
  });
  return [
    {
      Sid: "DecryptData",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: keyArn,
      Condition: { StringEquals: viaS3, ...context(names.lakeBucket.arn) },
    },
    {
      Sid: "EncryptResults",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: { StringEquals: viaS3, ...context(names.resultsBucket.arn) },
    },
  ];
}
