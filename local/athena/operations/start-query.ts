import { randomUUID } from "node:crypto";
import type { Backend } from "../backend.ts";
import { catalogName } from "../backend.ts";
import type { Workgroup } from "../catalog/workgroups.ts";
import type { Execution } from "../execution/execution.ts";
import { invalidRequest } from "../protocol/api-error.ts";
import { nested, optionalText, optionalTexts, requiredText, type Input } from "../protocol/input.ts";
import { parseStatement } from "../../../athena/dialect/parse/parse-statement.ts";
import { QueryFailure, StatementSyntaxError } from "../../../athena/dialect/parse/syntax-error.ts";
import type { Statement } from "../../../athena/dialect/parse/statement.ts";
import { workgroupOf } from "./workgroups.ts";

/** StartQueryExecution. Syntax errors are refused here; all else fails or succeeds later. */
export function startQueryExecution(backend: Backend, input: Input, caller: string): object {
  const workgroupName = optionalText(input, "WorkGroup") ?? "primary";
  backend.access.checkOperation(caller, { operation: "StartQueryExecution", workgroup: workgroupName });
  const query = requiredText(input, "QueryString");
  const token = requiredText(input, "ClientRequestToken", 128);
  if (token.length < 32) throw invalidRequest("clientRequestToken must be 32 to 128 characters");
  const workgroup = workgroupOf(backend, workgroupName);
  if (!workgroup.enabled) throw invalidRequest(`WorkGroup ${workgroup.name} is disabled.`);

  const context = nested(input, "QueryExecutionContext");
  const database = optionalText(context, "Database", 255);
  const results = nested(input, "ResultConfiguration");
  const requestedLocation = optionalText(results, "OutputLocation");
  const known = backend.history.newestFirst().find((execution) => execution.token === token);
  if (known) return { QueryExecutionId: sameRequest(known, query, database, requestedLocation).id };

  const outputFolder = outputFolderOf(workgroup, requestedLocation);
  const statement = parse(query);
  const parameters = optionalTexts(input, "ExecutionParameters");
  const id = randomUUID();
  const encryption = workgroup.enforced
    ? workgroup.encryption
    : (encryptionOf(results) ?? workgroup.encryption);
  const reuse = nested(nested(input, "ResultReuseConfiguration"), "ResultReuseByAgeConfiguration");
  const execution: Execution = {
    id,
    query,
    workgroup: workgroup.name,
    ...(database !== undefined && { database }),
    catalog: optionalText(context, "Catalog") ?? catalogName,
    ...(parameters && { parameters }),
    caller,
    token,
    ...(requestedLocation !== undefined && { requestedLocation }),
    ...typesOf(statement),
    outputFolder,
    ...(encryption && { encryption }),
    outputLocation: `${outputFolder}${id}${hasTable(statement) ? ".csv" : ".txt"}`,
    ...(reuse["Enabled"] === true && { reuseMinutes: reuseMinutes(reuse) }),
    submitted: Date.now(),
    state: "QUEUED",
    bytesScanned: 0,
  };
  backend.runner.start(execution, statement, workgroup);
  return { QueryExecutionId: id };
}

/** The same token means the same query, in whatever state (aws-semantics 4.2). */
function sameRequest(known: Execution, query: string, database?: string, location?: string): Execution {
  if (known.query === query && known.database === database && known.requestedLocation === location)
    return known;
  throw invalidRequest("Idempotent parameters do not match", "IDEMPOTENT_PARAMETER_MISMATCH");
}

function outputFolderOf(workgroup: Workgroup, requested: string | undefined): string {
  const location = workgroup.enforced ? workgroup.outputLocation : (requested ?? workgroup.outputLocation);
  if (location === undefined) {
    throw invalidRequest(
      "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.",
    );
  }
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]+(\/.*)?$/.test(location))
    throw invalidRequest("outputLocation is not a valid S3 path.");
  return location.replace(/\/?$/, "/");
}

function encryptionOf(results: Input): Execution["encryption"] {
  const encryption = nested(results, "EncryptionConfiguration");
  const option = optionalText(encryption, "EncryptionOption");
  const key = optionalText(encryption, "KmsKey");
  return option === undefined
    ? undefined
    : { EncryptionOption: option, ...(key !== undefined && { KmsKey: key }) };
}

function reuseMinutes(reuse: Input): number {
  const minutes = reuse["MaxAgeInMinutes"] ?? 60;
  if (typeof minutes === "number" && Number.isInteger(minutes) && minutes >= 0 && minutes <= 10_080)
    return minutes;
  throw invalidRequest("maxAgeInMinutes must be between 0 and 10080");
}

function parse(query: string): Statement | QueryFailure {
  try {
    return parseStatement(query);
  } catch (error) {
    if (error instanceof StatementSyntaxError) throw invalidRequest(error.message, "MALFORMED_QUERY");
    if (error instanceof QueryFailure) return error;
    throw error;
  }
}

const showTypes: Readonly<Partial<Record<Statement["kind"], string>>> = {
  showTables: "SHOW_TABLES",
  showDatabases: "SHOW_DATABASES",
  showColumns: "SHOW_COLUMNS",
  showPartitions: "SHOW_PARTITIONS",
  showCreateTable: "SHOW_CREATE_TABLE",
  showProperties: "SHOW_TBLPROPERTIES",
  describe: "DESCRIBE_TABLE",
};

function typesOf(statement: Statement | QueryFailure): Pick<Execution, "statementType" | "substatementType"> {
  if (statement instanceof QueryFailure) return { statementType: "DML", substatementType: "SELECT" };
  const shown = showTypes[statement.kind];
  if (shown !== undefined) return { statementType: "UTILITY", substatementType: shown };
  switch (statement.kind) {
    case "explain":
      return { statementType: "DML", substatementType: "EXPLAIN" };
    case "prepare":
    case "deallocate":
      return { statementType: "DDL", substatementType: statement.kind.toUpperCase() };
    case "unsupported":
      return {
        statementType: statement.ddl ? "DDL" : "DML",
        substatementType: statement.what.replaceAll(" ", "_"),
      };
    default:
      return { statementType: "DML", substatementType: "SELECT" };
  }
}

/** Whether the result is a table with a header, in a CSV file. */
function hasTable(statement: Statement | QueryFailure): boolean {
  return statement instanceof QueryFailure || statement.kind === "select" || statement.kind === "execute";
}
