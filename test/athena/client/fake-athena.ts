import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { AthenaClient } from "@aws-sdk/client-athena";
import type { Dataset } from "../../../schema/dataset.ts";
import { glueColumnsOf } from "../../../schema/glue-columns.ts";
import { tableParametersOf } from "../../../schema/table-parameters.ts";

/** An answer: a body for 200, or a status with a body, or the connection cut. */
type Answer = Record<string, unknown> | { httpStatus: number; body: Record<string, unknown> } | "cut";
type Input = Record<string, unknown>;

export interface FakeAthena extends AsyncDisposable {
  readonly client: AthenaClient;
  readonly endpoint: string;
  /** The calls that came, in order: operation and input. */
  readonly calls: [operation: string, input: Input][];
  /** How often an operation was called. */
  readonly count: (operation: string) => number;
}

/** What the fake says to an operation: a fixed answer for each call, the last one repeated, or a function. */
export type Script = Record<string, Answer[] | ((input: Input) => Answer)>;

/** An Athena that says what a test tells it to, on loopback, for faults that a real one shows rarely. */
export async function fakeAthena(script: Script): Promise<FakeAthena> {
  const calls: [string, Input][] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const input = (await json(request)) as Input;
      calls.push([operation, input]);
      const answer = answerOf(script[operation], calls.filter(([name]) => name === operation).length, input);
      if (answer === "cut") {
        request.socket.destroy();
        return;
      }
      const { httpStatus, body } =
        "httpStatus" in answer ? (answer as never) : { httpStatus: 200, body: answer };
      response.writeHead(httpStatus, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new AthenaClient({
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 4,
  });
  return {
    client,
    endpoint,
    calls,
    count: (operation) => calls.filter(([name]) => name === operation).length,
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerOf(answers: Script[string] | undefined, call: number, input: Input): Answer {
  if (typeof answers === "function") return answers(input);
  const answer = answers?.[Math.min(call, answers.length) - 1];
  return (
    answer ?? { httpStatus: 400, body: { __type: "InvalidRequestException", Message: "not in the script" } }
  );
}

/** A refusal as Athena writes it. */
export function refusal(type: string, message: string, httpStatus = 400): Answer {
  return { httpStatus, body: { __type: type, Message: message, AthenaErrorCode: "MALFORMED_QUERY" } };
}

/** What GetQueryExecution says of a query in a state. */
export function execution(state: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const { reason, bytes, retryable, ...rest } = more;
  return {
    QueryExecution: {
      QueryExecutionId: "q-1",
      StatementType: "DML",
      Status: {
        State: state,
        StateChangeReason: reason,
        ...(retryable !== undefined && { AthenaError: { Retryable: retryable } }),
      },
      Statistics: { DataScannedInBytes: bytes, EngineExecutionTimeInMillis: 12 },
      ...rest,
    },
  };
}

/** A page of results; `rows` holds texts, null for NULL. */
export function resultPage(
  columns: [name: string, type: string][],
  rows: (string | null)[][],
  nextToken?: string,
): Record<string, unknown> {
  return {
    UpdateCount: 0,
    NextToken: nextToken,
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: columns.map(([Name, Type]) => ({ Name, Label: Name, Type })) },
      Rows: rows.map((row) => ({
        Data: row.map((text) => (text === null ? {} : { VarCharValue: text })),
      })),
    },
  };
}

/** What Athena tells of the table that holds a dataset. */
export function tableMetadata(dataset: Dataset): Record<string, unknown> {
  return {
    Name: dataset.tableName,
    Columns: glueColumnsOf(dataset).map(({ name, type, comment }) => ({
      Name: name,
      Type: type,
      Comment: comment,
    })),
    Parameters: tableParametersOf(dataset),
  };
}
