import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { quoteString } from "../../../athena/sql/quote.ts";
import { macroStatements } from "./macros.ts";

/** A row of plain values, by column name. */
export type Row = Record<string, string | number | bigint | boolean | null>;

/** The DuckDB that answers the local Athena's queries: no network, no extensions, and no files outside of the lake. */
export class QueryEngine {
  readonly #instance: DuckDBInstance;
  readonly #own: DuckDBConnection;

  private constructor(instance: DuckDBInstance, own: DuckDBConnection) {
    this.#instance = instance;
    this.#own = own;
  }

  /**
   * @param lakeFolder the only folder whose files may be read and written.
   * @param temporaryFolder where DuckDB puts what does not fit into memory.
   */
  static async create(lakeFolder: string, temporaryFolder: string): Promise<QueryEngine> {
    const instance = await DuckDBInstance.create(":memory:", {
      threads: "2",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      temp_directory: temporaryFolder,
    });
    const connection = await instance.connect();
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    for (const statement of macroStatements) await connection.run(statement);
    await connection.run(`SET allowed_directories = [${quoteString(lakeFolder)}]`);
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
    return new QueryEngine(instance, connection);
  }

  /** A connection of a query's own, so that it can be interrupted alone. Close it with `closeSync`. */
  async connect(): Promise<DuckDBConnection> {
    return this.#instance.connect();
  }

  /** The rows of a small query of the local Athena's own. */
  async rows(sql: string): Promise<Row[]> {
    const reader = await this.#own.runAndReadAll(sql);
    return reader.getRowObjectsJS() as Row[];
  }

  close(): void {
    this.#own.closeSync();
    this.#instance.closeSync();
  }
}
