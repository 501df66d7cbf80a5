import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  type GetQueryResultsOutput,
  type QueryExecution,
  type StartQueryExecutionInput,
} from "@aws-sdk/client-athena";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { DuckDBInstance } from "@duckdb/node-api";
import { startAthena, type LocalAthena } from "../../../local/athena/athena.ts";
import { ObjectStore } from "../../../local/lake/object-store.ts";
import type { DeploymentDocument } from "../../../plan/deployment.ts";

/** A local Athena in a folder of its own, and a client. */
export class RunningAthena implements AsyncDisposable {
  readonly folder: string;
  readonly objects: ObjectStore;
  athena: LocalAthena;
  client: AthenaClient;

  private constructor(folder: string, objects: ObjectStore, athena: LocalAthena) {
    this.folder = folder;
    this.objects = objects;
    this.athena = athena;
    this.client = this.clientOf("test");
  }

  static async start(plan: DeploymentDocument): Promise<RunningAthena> {
    const folder = await mkdtemp(join(tmpdir(), "athena-"));
    const objects = new ObjectStore(join(folder, "objects"));
    return new RunningAthena(folder, objects, await startAthena(plan, { objects, stateFolder: folder }));
  }

  /** Stops it and starts it again in the same folder. */
  async restart(plan: DeploymentDocument): Promise<void> {
    this.client.destroy();
    await this.athena.close();
    this.athena = await startAthena(plan, { objects: this.objects, stateFolder: this.folder });
    this.client = this.clientOf("test");
  }

  /** A client that calls with an access key. */
  clientOf(accessKeyId: string): AthenaClient {
    return new AthenaClient({
      region: "eu-central-1",
      endpoint: this.athena.endpoint,
      credentials: { accessKeyId, secretAccessKey: "test" },
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler(),
    });
  }

  /** Writes the rows of a DuckDB query as a Parquet object. */
  async write(bucket: string, key: string, sql: string): Promise<void> {
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const file = await this.objects.temporaryFile();
    await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    await this.objects.adopt(bucket, key, file);
  }

  async start(
    sql: string,
    options: Partial<StartQueryExecutionInput> = {},
    client = this.client,
  ): Promise<string> {
    const { QueryExecutionId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: "analysts",
        QueryExecutionContext: { Database: "shop" },
        ...options,
      }),
    );
    return QueryExecutionId ?? "";
  }

  /** Waits until a query is over. */
  async finished(id: string, client = this.client): Promise<QueryExecution> {
    for (;;) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const state = QueryExecution?.Status?.State ?? "";
      if (QueryExecution && !["QUEUED", "RUNNING"].includes(state)) return QueryExecution;
      await sleep(2);
    }
  }

  /** Runs a statement to its end. */
  async run(sql: string, options: Partial<StartQueryExecutionInput> = {}): Promise<QueryExecution> {
    return this.finished(await this.start(sql, options));
  }

  async results(
    id: string,
    page: { MaxResults?: number; NextToken?: string } = {},
  ): Promise<GetQueryResultsOutput> {
    return this.client.send(new GetQueryResultsCommand({ QueryExecutionId: id, ...page }));
  }

  /** The rows of a statement's result, without the header. @throws with the reason, when it does not succeed. */
  async rows(sql: string, options: Partial<StartQueryExecutionInput> = {}): Promise<(string | null)[][]> {
    const { QueryExecutionId = "", Status, SubstatementType } = await this.run(sql, options);
    if (Status?.State !== "SUCCEEDED") throw new Error(Status?.StateChangeReason);
    const { ResultSet } = await this.results(QueryExecutionId);
    const rows = (ResultSet?.Rows ?? []).map((row) =>
      (row.Data ?? []).map((datum) => datum.VarCharValue ?? null),
    );
    return SubstatementType === "SELECT" ? rows.slice(1) : rows;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.destroy();
    await this.athena.close();
    await rm(this.folder, { recursive: true });
  }
}
