import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Dataset } from "../../../schema/dataset.ts";
import { duckdbTypeOf } from "../../../schema/duckdb-types.ts";
import { layoutOf } from "../../../schema/layout.ts";
import { startAthena } from "../../../local/athena/athena.ts";
import { ObjectStore } from "../../../local/lake/object-store.ts";
import { evaluateStack } from "../../../plan/evaluate.ts";
import { onePipeline } from "../../../pipelines/choose.ts";
import { declaredPipelines } from "../../../pipelines/from-plan.ts";
import { athenaClient } from "../../../athena/client/client.ts";
import { runNamedQuery } from "../../../athena/client/run-named.ts";
import type { AthenaValue } from "../../../athena/client/values.ts";
import type { ParameterValues } from "../../../athena/named-query/execution-parameters.ts";
import { collected } from "../collected.ts";

/** An event as a producer writes it, and when it arrived: that decides its partition. */
export type ArrivedEvent = Record<string, unknown> & { readonly arrived?: string };

/** When events arrive that don't say, and when the queries run. */
const now = new Date("2026-11-20T10:00:00Z");

export interface Lake extends AsyncDisposable {
  /** The rows of a named query's answer, and the names of its columns. */
  run(query: string, values?: ParameterValues): Promise<{ columns: string[]; rows: AthenaValue[][] }>;
}

/** A lake with some events of a dataset, laid out as the pipeline does it, and an Athena to query. */
export async function openLake(dataset: Dataset, events: readonly ArrivedEvent[]): Promise<Lake> {
  const plan = await evaluateStack({ stack: "local" });
  const pipeline = onePipeline("local", declaredPipelines(plan), { dataset: dataset.name });
  const folder = await mkdtemp(join(tmpdir(), "lake-"));
  const objects = new ObjectStore(join(folder, "objects"));
  await fill(objects, pipeline.lakeBucketName, dataset, events);

  const athena = await startAthena(plan, { objects, stateFolder: folder });
  const client = athenaClient({
    region: "eu-central-1",
    endpoint: athena.endpoint,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  return {
    run: async (query, values = {}) => {
      const answer = await runNamedQuery(query, values, {
        client,
        workgroup: pipeline.workgroupName,
        database: pipeline.databaseName,
        now,
      });
      return { columns: answer.columns.map(({ name }) => name), rows: await collected(answer.arrays()) };
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await athena.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Writes one Parquet object for each partition. */
async function fill(
  objects: ObjectStore,
  bucket: string,
  dataset: Dataset,
  events: readonly ArrivedEvent[],
): Promise<void> {
  const { dataFolder, partitionKeys, partitionOf } = layoutOf(dataset);
  const partitions = Map.groupBy(events, ({ arrived }) =>
    partitionOf(arrived === undefined ? now : new Date(arrived)),
  );
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  for (const [partition, some] of partitions) {
    const rows = await objects.temporaryFile();
    await writeFile(rows, some.map((event) => JSON.stringify(event)).join("\n"));
    const columns = dataset.columns.map(({ name, columnName, type }) => ({
      read: `"${name}": 'VARCHAR'`,
      cast: `CAST("${name}" AS ${duckdbTypeOf(type)}) AS "${columnName}"`,
    }));
    const parquet = await objects.temporaryFile();
    await connection.run(
      `COPY (SELECT ${columns.map(({ cast }) => cast).join(", ")}
       FROM read_json('${rows}', format = 'newline_delimited', columns = {${columns.map(({ read }) => read).join(", ")}}))
       TO '${parquet}' (FORMAT parquet)`,
    );
    await rm(rows);
    await objects.adopt(
      bucket,
      `${dataFolder}${partitionKeys[0]?.name}=${partition}/events.parquet`,
      parquet,
    );
  }
  connection.closeSync();
  instance.closeSync();
}
