import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DeploymentDocument } from "../../plan/deployment.ts";
import type { ObjectStore } from "../lake/object-store.ts";
import { Access } from "./access.ts";
import type { Backend } from "./backend.ts";
import { catalogOf } from "./catalog/from-plan.ts";
import { SavedStatements } from "./catalog/saved-statements.ts";
import { workgroupsOf } from "./catalog/workgroups.ts";
import { QueryEngine } from "./engine/duckdb.ts";
import { ParquetFooters } from "./engine/parquet-footers.ts";
import { History } from "./execution/history.ts";
import { QueryRunner } from "./execution/query-runner.ts";
import { operations } from "./operations/operations.ts";
import { ApiError } from "./protocol/api-error.ts";
import { listen } from "./protocol/server.ts";

export interface AthenaOptions {
  /** The lake and the results. */
  readonly objects: ObjectStore;
  /** Where the history and what clients save outlive the process; used under `athena/`. */
  readonly stateFolder: string;
  /** Port on 127.0.0.1. Default: a free one. */
  readonly port?: number;
}

export interface LocalAthena {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Lets the process end while it is up. */
  unref(): void;
  /** Stops running queries and the endpoint. */
  close(): Promise<void>;
}

/**
 * Runs a plan's Athena: its workgroups, named queries, prepared statements, databases and tables, over the objects of
 * its lake. A client whose access key id is the name of a declared role has that role's rights; any other is the
 * account's administrator.
 * @throws {Error} when the plan declares a table that can't be, or the port is taken.
 */
export async function startAthena(plan: DeploymentDocument, options: AthenaOptions): Promise<LocalAthena> {
  const { objects, port = 0 } = options;
  const folder = join(options.stateFolder, "athena");
  await mkdir(folder, { recursive: true });
  const startedAt = new Date();
  const catalog = catalogOf(plan);
  const access = new Access(plan);
  const saved = await SavedStatements.open(join(folder, "saved-statements.json"), plan, startedAt);
  const history = await History.open(join(folder, "history.ndjson"), startedAt);
  const lakeFolder = dirname(dirname(objects.pathOf("bucket", "key")));
  const engine = await QueryEngine.create(lakeFolder, join(folder, "temporary"));
  const lake = { objects, engine, footers: new ParquetFooters(engine) };
  const runner = new QueryRunner({ access, catalog, saved, history, lake });
  const backend: Backend = {
    access,
    catalog,
    workgroups: workgroupsOf(plan),
    saved,
    history,
    lake,
    runner,
    startedAt,
  };

  const server = await listen(async (operation, input, caller) => {
    const answer = operations[operation];
    if (answer) return answer(backend, input, caller);
    throw new ApiError("UnknownOperationException", `The local Athena does not answer ${operation}.`);
  }, port).catch((error: unknown) => {
    engine.close();
    throw error;
  });
  return {
    endpoint: server.endpoint,
    unref: () => server.unref(),
    close: async () => {
      await server.close();
      await runner.close();
      engine.close();
    },
  };
}
