import { dirname, join } from "node:path";
import { readJsonFile } from "../local/state/json-file.ts";
import { isAlive } from "../local/state/lock.ts";
import type { Pipeline } from "./pipeline.ts";

/** Where the emulator takes a pipeline's events over HTTP. */
export interface HttpIngest {
  url: string;
  /** Sent as `x-api-key`; absent where none is needed. */
  apiKey?: string;
}

/** How others find an emulator that is up: `endpoints.json` in its state folder. */
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

/** The emulator takes any credentials: nothing here is secret. */
export const emulatorCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** The file in a state folder that tells of the emulator. */
export function endpointsFileIn(stateFolder: string): string {
  return join(stateFolder, "endpoints.json");
}

/** The state folder of a stack's emulator. @param folder where the emulator was started. Default: the working directory. */
export function stateFolderOf(stack: string, folder: string = process.cwd()): string {
  return join(folder, ".sluice", stack);
}

/** The emulator of a state folder, if it is up. */
export async function endpointsIn(stateFolder: string): Promise<Endpoints | undefined> {
  const endpoints = (await readJsonFile(endpointsFileIn(stateFolder))) as Endpoints | undefined;
  return endpoints && isAlive(endpoints.pid) ? endpoints : undefined;
}

/** The emulator of a stack that is up: one that was started in this folder or, nearest first, in one above. */
export async function nearestEndpoints(stack: string): Promise<Endpoints | undefined> {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const endpoints = await endpointsIn(stateFolderOf(stack, folder));
    if (endpoints || folder === dirname(folder)) return endpoints;
  }
}
