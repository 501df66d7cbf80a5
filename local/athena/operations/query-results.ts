import type { Backend } from "../backend.ts";
import type { ResultColumn } from "../execution/execution.ts";
import { partsOfS3Url } from "../../../aws/s3-url.ts";
import { readCsvPage, readTextPage, type ResultPage } from "../execution/results-file.ts";
import { invalidRequest } from "../protocol/api-error.ts";
import { optionalText, pageSize, type Input } from "../protocol/input.ts";
import { executionOf } from "./query-executions.ts";

/** GetQueryResults: a page of the result file. The header is the file's first line, and so the first page's first row. */
export async function getQueryResults(backend: Backend, input: Input, caller: string): Promise<object> {
  const execution = executionOf(backend, input, caller, "GetQueryResults");
  const count = pageSize(input, 1000);
  const { state, outputLocation } = execution;
  if (state === "QUEUED" || state === "RUNNING") {
    throw invalidRequest(
      `Query has not yet finished. Current state: ${state}`,
      "INVALID_QUERY_EXECUTION_STATE",
    );
  }
  if (state === "CANCELLED") throw invalidRequest("Could not find results", "RESULT_NOT_FOUND");
  if (state === "FAILED") {
    throw invalidRequest(
      "Query did not finish successfully. Final query state: FAILED",
      "INVALID_QUERY_EXECUTION_STATE",
    );
  }
  backend.access.checkResult(caller, execution.workgroup, outputLocation);
  const columns = execution.columns ?? [];
  const { rows, nextOffset } = await readPage(backend, outputLocation, offsetOf(input), count);
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: rows.map((row) => ({ Data: dataOf(row, columns.length) })),
      ResultSetMetadata: { ColumnInfo: columns.map(columnInfo) },
    },
    ...(nextOffset !== undefined && { NextToken: Buffer.from(String(nextOffset)).toString("base64url") }),
  };
}

function offsetOf(input: Input): number {
  const token = optionalText(input, "NextToken");
  const offset = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString());
  if (!Number.isInteger(offset) || offset < 0) throw invalidRequest("nextToken is not valid");
  return offset;
}

async function readPage(
  backend: Backend,
  location: string,
  offset: number,
  count: number,
): Promise<ResultPage> {
  const { bucket, key } = partsOfS3Url(location);
  const path = backend.lake.objects.pathOf(bucket, key);
  try {
    return await (key.endsWith(".csv") ? readCsvPage : readTextPage)(path, offset, count);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw invalidRequest("Could not find results", "RESULT_NOT_FOUND");
  }
}

/** A text result with several columns has them between tabs. NULL is a datum without a value. */
function dataOf(row: readonly (string | null)[], width: number): object[] {
  const [only] = row;
  const values = row.length === 1 && width > 1 && typeof only === "string" ? [only] : row;
  return values.map((value) => (value === null ? {} : { VarCharValue: value }));
}

function columnInfo(column: ResultColumn): object {
  return {
    CatalogName: "hive",
    SchemaName: "",
    TableName: "",
    Name: column.name,
    Label: column.name,
    Type: column.type,
    Precision: column.precision,
    Scale: column.scale,
    Nullable: "UNKNOWN",
    CaseSensitive: column.caseSensitive,
  };
}
