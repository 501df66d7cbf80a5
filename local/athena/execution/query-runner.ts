import { rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Access } from "../access.ts";
import { analyzeStatement } from "../../../athena/dialect/analysis/analyze.ts";
import type { Catalog } from "../../../athena/dialect/catalog.ts";
import type { SavedStatements } from "../catalog/saved-statements.ts";
import type { Workgroup } from "../catalog/workgroups.ts";
import { failureOf } from "../engine/failures.ts";
import { ApiError } from "../protocol/api-error.ts";
import { QueryFailure } from "../../../athena/dialect/parse/syntax-error.ts";
import type { Statement } from "../../../athena/dialect/parse/statement.ts";
import { bind, queryOf, type BoundStatement } from "./bind.ts";
import { athenaErrorOf } from "./error-types.ts";
import { isOver, type Execution } from "./execution.ts";
import { findTable } from "./find-table.ts";
import type { History } from "./history.ts";
import { metadataFile } from "./metadata-file.ts";
import { findReusable } from "./reuse.ts";
import { planQuery, writeResult, writeText, type LakeReader, type PlannedQuery } from "./run-query.ts";
import { partsOfS3Url } from "../../../aws/s3-url.ts";
import { tablesShown, type TextResult } from "./show.ts";
import { textResult } from "./text-result.ts";
import { varchar } from "../../../athena/dialect/types/trino-type.ts";
import { resultColumn } from "./column-info.ts";

interface RunnerParts {
  readonly access: Access;
  readonly catalog: Catalog;
  readonly saved: SavedStatements;
  readonly history: History;
  readonly lake: LakeReader;
}

/** Runs query executions, each on a connection of its own, and ends them as Athena does. */
export class QueryRunner {
  readonly #parts: RunnerParts;
  readonly #running = new Map<string, { connection?: DuckDBConnection }>();
  readonly #runs = new Set<Promise<void>>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Starts an execution and returns at once. @param statement as it was parsed, or why it can't be run. */
  start(execution: Execution, statement: Statement | QueryFailure, workgroup: Workgroup): void {
    this.#parts.history.save(execution);
    this.#running.set(execution.id, {});
    const run = this.#run(execution, statement, workgroup).finally(() => {
      this.#running.delete(execution.id);
      this.#runs.delete(run);
    });
    this.#runs.add(run);
  }

  /** Stops an execution that is not over yet. */
  stop(execution: Execution): void {
    if (isOver(execution)) return;
    this.#end(execution, "CANCELLED", "Query cancelled by user");
    this.#running.get(execution.id)?.connection?.interrupt();
  }

  /** Stops all that runs. */
  async close(): Promise<void> {
    for (const id of this.#running.keys()) {
      const execution = this.#parts.history.get(id);
      if (execution) this.stop(execution);
    }
    await Promise.all(this.#runs);
  }

  async #run(execution: Execution, statement: Statement | QueryFailure, workgroup: Workgroup): Promise<void> {
    // The caller learns the id before anything happens, as from Athena.
    await new Promise(setImmediate);
    if (isOver(execution)) return;
    execution.state = "RUNNING";
    execution.started = Date.now();
    try {
      if (statement instanceof QueryFailure) throw statement;
      await this.#execute(execution, statement, workgroup);
    } catch (error) {
      this.#fail(execution, error);
    }
  }

  async #execute(execution: Execution, statement: Statement, workgroup: Workgroup): Promise<void> {
    const { catalog, saved, history, lake } = this.#parts;
    if (execution.reuseMinutes !== undefined) {
      const earlier = await findReusable(execution, statement, history, lake.objects);
      if (earlier) return this.#reuse(execution, earlier);
    }
    const bound = bind(
      statement,
      execution.parameters ?? [],
      (name) => saved.prepared(execution.workgroup, name)?.statement,
    );
    const text = await textResult(execution, bound.statement, this.#parts);
    if (text) {
      this.#authorize(execution, tablesShown(bound.statement, catalog, execution.database), statement, []);
      return this.#finishText(execution, text);
    }
    await this.#runSelect(execution, bound, statement, workgroup);
  }

  async #runSelect(
    execution: Execution,
    bound: BoundStatement,
    statement: Statement,
    workgroup: Workgroup,
  ): Promise<void> {
    const { catalog, lake } = this.#parts;
    const query = queryOf(bound.statement);
    if (!query)
      throw new QueryFailure("NOT_SUPPORTED", `the local Athena does not run ${bound.statement.kind}`);
    const startedAt = new Date(execution.submitted);
    const analyzed = analyzeStatement(query, {
      findTable: (name, at) => findTable(catalog, execution.database, name, at),
      parameters: bound.parameters,
      startedAt,
    });
    const tables = analyzed.scans.map(({ table }) => ({ database: table.database, table: table.name }));
    this.#authorize(execution, tables, statement, []);
    const planned = await planQuery(analyzed, lake, startedAt);
    execution.planningMilliseconds = Date.now() - (execution.started ?? execution.submitted);
    this.#authorize(execution, tables, statement, planned.objects);
    if (bound.statement.kind === "explain") return this.#finishText(execution, await this.#explain(planned));
    const { bytesScannedCutoff: cutoff = Infinity } = workgroup;
    if (planned.bytesScanned > cutoff) {
      // Athena notices when it has read so much; nothing is read here, as the sizes are known before.
      execution.bytesScanned = cutoff;
      return this.#end(execution, "CANCELLED", "Bytes scanned limit was exceeded");
    }
    await this.#write(execution, planned);
  }

  async #write(execution: Execution, planned: PlannedQuery): Promise<void> {
    const { lake } = this.#parts;
    const file = await lake.objects.temporaryFile();
    const connection = await lake.engine.connect();
    try {
      const running = this.#running.get(execution.id);
      if (running) running.connection = connection;
      if (isOver(execution)) return;
      // From here on it counts, also for a query that is stopped: how far DuckDB has read is not known.
      execution.bytesScanned = planned.bytesScanned;
      execution.rowCount = await writeResult(planned, connection, file);
      execution.columns = planned.columns;
      await this.#adopt(execution, file);
    } finally {
      connection.closeSync();
      await rm(file, { force: true });
    }
  }

  async #adopt(execution: Execution, file: string): Promise<void> {
    if (isOver(execution)) return;
    const { objects } = this.#parts.lake;
    const { bucket, key } = partsOfS3Url(execution.outputLocation);
    if (execution.outputLocation.endsWith(".csv"))
      await objects.put(bucket, `${key}.metadata`, metadataFile(execution.columns ?? []));
    await objects.adopt(bucket, key, file);
    this.#end(execution, "SUCCEEDED");
  }

  async #explain(planned: PlannedQuery): Promise<TextResult> {
    const rows = await this.#parts.lake.engine.rows(`EXPLAIN ${planned.sql}`);
    const plan = rows.map((row) => String(row["explain_value"])).join("\n");
    return {
      lines: ["Query plan of the local Athena, by DuckDB:", ...plan.split("\n")],
      columns: [resultColumn("Query Plan", varchar)],
    };
  }

  async #finishText(execution: Execution, { lines, columns }: TextResult): Promise<void> {
    const file = await this.#parts.lake.objects.temporaryFile();
    await writeText(lines, file);
    execution.columns = columns;
    execution.rowCount = lines.length;
    await this.#adopt(execution, file);
  }

  #reuse(execution: Execution, earlier: Execution): void {
    execution.reused = true;
    execution.outputLocation = earlier.outputLocation;
    execution.columns = earlier.columns ?? [];
    execution.rowCount = earlier.rowCount ?? 0;
    this.#end(execution, "SUCCEEDED");
  }

  #authorize(
    execution: Execution,
    tables: readonly { database: string; table: string }[],
    statement: Statement,
    objects: readonly string[],
  ): void {
    const { caller, workgroup, outputLocation } = execution;
    const prepared = statement.kind === "execute";
    this.#parts.access.checkQuery(caller, {
      workgroup,
      tables,
      prepared,
      resultLocation: outputLocation,
      objects,
    });
  }

  #fail(execution: Execution, error: unknown): void {
    if (isOver(execution)) return;
    if (error instanceof ApiError && error.type === "AccessDeniedException") {
      const reason = `PERMISSION_DENIED: AccessDeniedException: Insufficient permissions to execute the query. ${error.message}`;
      return this.#end(execution, "FAILED", reason, { category: 2, type: 1000, retryable: false });
    }
    const failure = failureOf(error);
    this.#end(execution, "FAILED", failure.message, athenaErrorOf(failure.code));
  }

  #end(
    execution: Execution,
    state: Execution["state"],
    reason?: string,
    failure?: Execution["failure"],
  ): void {
    execution.state = state;
    execution.completed = Date.now();
    if (reason !== undefined) execution.reason = reason;
    if (failure) execution.failure = failure;
    this.#parts.history.save(execution);
  }
}
