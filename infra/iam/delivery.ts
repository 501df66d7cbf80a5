import type { Names } from "../names.ts";
import type { Statement } from "./policy-document.ts";

// What Firehose needs, action by action: Firehose guide, "Controlling access"; the Glue actions need the ARNs of
// catalog, database and table (Service Authorization Reference). aws-semantics 1.10.

/** Firehose reads the stream. */
export function readStream(names: Pick<Names, "stream">): Statement[] {
  return [
    {
      Sid: "ReadStream",
      Effect: "Allow",
      Action: [
        "kinesis:DescribeStream",
        "kinesis:GetShardIterator",
        "kinesis:GetRecords",
        "kinesis:ListShards",
      ],
      Resource: names.stream.arn,
    },
  ];
}

/** Firehose reads the table's schema. */
export function readSchema(names: Pick<Names, "catalogArn" | "database" | "table">): Statement[] {
  return [
    {
      Sid: "ReadSchema",
      Effect: "Allow",
      Action: ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
      Resource: [names.catalogArn, names.database.arn, names.table.arn],
    },
  ];
}

/** Firehose writes its error log. */
export function writeErrorLog(logStreamArns: string[]): Statement[] {
  return [{ Sid: "WriteErrorLog", Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: logStreamArns }];
}

/** Firehose decrypts what it reads from the stream. */
export function decryptStream(keyArn: string, names: Pick<Names, "stream" | "location">): Statement[] {
  return [
    {
      Sid: "DecryptStream",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: keyArn,
      Condition: {
        StringEquals: {
          "kms:ViaService": `kinesis.${names.location.region}.amazonaws.com`,
          "kms:EncryptionContext:aws:kinesis:arn": names.stream.arn,
        },
      },
    },
  ];
}
