import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readJsonFile, writeJsonFile } from "../../local/state/json-file.ts";
import { isAlive } from "../../local/state/lock.ts";
import type { Pipeline } from "../../pipelines/pipeline.ts";
import type { HttpIngest, LocalStack } from "./local-stack.ts";

/** How other commands find an emulator that is up: `endpoints.json` in its state folder. */
export interface Endpoints {
  /** The process that runs the emulator. */
  pid: number;
  stack: string;
  region: string;
  kinesis: string;
  athena: string;
  /** The Firehose API, where a pipeline's source is Direct PUT. */
  firehose?: string;
  /** Where each pipeline's events are posted, and the key for it, where it has HTTP ingest. */
  http: Record<string, HttpIngest>;
  /** By their names. */
  pipelines: Record<string, Pipeline>;
}

const fileName = "endpoints.json";

/** The state folder of a stack's emulator, below the working directory. */
export function stateFolderOf(stack: string): string {
  return join(process.cwd(), ".sluice", stack);
}

/** Tells other commands of an emulator. @returns a function that takes it back. */
export async function publishEndpoints(stateFolder: string, local: LocalStack): Promise<() => Promise<void>> {
  const endpoints: Endpoints = {
    pid: process.pid,
    stack: local.stack,
    region: local.emulator.region,
    kinesis: local.emulator.kinesisEndpoint,
    athena: local.athenaEndpoint,
    ...(local.emulator.firehoseEndpoint !== undefined && { firehose: local.emulator.firehoseEndpoint }),
    http: local.http,
    pipelines: Object.fromEntries(local.pipelines.map((pipeline) => [pipeline.name, pipeline])),
  };
  const path = join(stateFolder, fileName);
  await writeJsonFile(path, endpoints);
  return () => rm(path, { force: true });
}

/** The emulator of a stack that is up; undefined when none is. */
export async function readEndpoints(stack: string): Promise<Endpoints | undefined> {
  const endpoints = (await readJsonFile(join(stateFolderOf(stack), fileName))) as Endpoints | undefined;
  return endpoints && isAlive(endpoints.pid) ? endpoints : undefined;
}
