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
import type { LakeReader } from "./execution/run-query.ts";
import { ownRegion, planOfRegion } from "../iam/region.ts";
import type { PortChoice } from "../http/loopback-server.ts";
import { regionMeant } from "../regional.ts";
import { ApiError, invalidRequest } from "./protocol/api-error.ts";
import { listen } from "./protocol/server.ts";

export interface AthenaOptions {
  /** The lake and the results. */
  readonly objects: ObjectStore;
  /** Where the history and what clients save outlive the process; used under `athena/`. */
  readonly stateFolder: string;
  /** Port on 127.0.0.1. Default: a free one. */
  readonly port?: PortChoice | undefined;
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
 * account's administrator. A plan of several regions has an Athena in each; a client signs for the one that it means.
 * @throws {Error} when the plan declares a table that can't be, or the port is taken.
 */
export async function startAthena(plan: DeploymentDocument, options: AthenaOptions): Promise<LocalAthena> {
  const { objects, port = 0 } = options;
  const folder = join(options.stateFolder, "athena");
  await mkdir(folder, { recursive: true });
  const startedAt = new Date();
  const lakeFolder = dirname(dirname(objects.pathOf("bucket", "key")));
  const engine = await QueryEngine.create(lakeFolder, join(folder, "temporary"));
  const lake = { objects, engine, footers: new ParquetFooters(engine) };
  const backends = new Map<string, Backend>();
  const regions = regionsOf(plan);
  try {
    for (const region of regions) {
      const ofRegion = planOfRegion(plan, region);
      backends.set(region, await backendOf(ofRegion, join(folder, region), lake, startedAt));
    }
  } catch (error) {
    engine.close();
    throw error;
  }

  const server = await listen(async (operation, input, { accessKeyId, region: signed }) => {
    const answer = operations[operation];
    if (!answer) {
      throw new ApiError("UnknownOperationException", `The local Athena does not answer ${operation}.`);
    }
    const backend = backends.get(regionMeant(regions, signed));
    if (backend) return answer(backend, input, accessKeyId);
    throw invalidRequest(
      `The call is signed for ${signed || "no region"}. The plan has an Athena in ${regions.join(", ")}.`,
    );
  }, port).catch((error: unknown) => {
    engine.close();
    throw error;
  });
  return {
    endpoint: server.endpoint,
    unref: () => server.unref(),
    close: async () => {
      await server.close();
      await Promise.all([...backends.values()].map(({ runner }) => runner.close()));
      engine.close();
    },
  };
}

/** Where a plan declares something of Athena or Glue; the empty name stands for a region that nothing tells. */
function regionsOf(plan: DeploymentDocument): string[] {
  const told = plan.deployment.resources
    .filter(({ type }) => /^aws:(athena|glue)\//.test(type))
    .flatMap((resource) => ownRegion(plan, resource) ?? []);
  return told.length === 0 ? [""] : [...new Set(told)];
}

/** The Athena of one region. @param folder where its history and what clients save are kept. */
async function backendOf(
  plan: DeploymentDocument,
  folder: string,
  lake: LakeReader,
  startedAt: Date,
): Promise<Backend> {
  await mkdir(folder, { recursive: true });
  const catalog = catalogOf(plan);
  const access = new Access(plan);
  const saved = await SavedStatements.open(join(folder, "saved-statements.json"), plan, startedAt);
  const history = await History.open(join(folder, "history.ndjson"), startedAt);
  const runner = new QueryRunner({ access, catalog, saved, history, lake });
  const workgroups = workgroupsOf(plan);
  return { access, catalog, workgroups, saved, history, lake, runner, startedAt };
}
