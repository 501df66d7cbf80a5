import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import * as pulumi from "@pulumi/pulumi";
import * as pulumiState from "@pulumi/pulumi/runtime/state.js";
import { placeholderAccount, type Deployed } from "./computed-outputs.ts";
import type { DeploymentDocument } from "./deployment.ts";
import { loadProgram } from "./load-program.ts";
import { mocksFor } from "./mocks.ts";
import { programError } from "./program-error.ts";
import { guarded } from "./program-guard.ts";
import { ProjectError, projectFolderFrom, readStackFiles, type StackFiles } from "./project.ts";
import { RecordingMonitor } from "./recording-monitor.ts";
import { framePosition } from "./source-position.ts";

export interface EvaluateOptions {
  /** The stack's name: `Pulumi.<stack>.yaml`. */
  stack: string;
  /** The Pulumi project's folder. Default: the one that the working directory is in, else sluice's own. */
  folder?: string | undefined;
  /** Evaluate as a preview does: what AWS would answer is unknown. Default: false, as after an update. */
  unknowns?: boolean | undefined;
}

/** sluice's own project folder: the nearest one above this file that holds a Pulumi.yaml. */
export const ownFolder = fileURLToPath(
  new URL(import.meta.url.includes("/dist/") ? "../.." : "..", import.meta.url),
).replace(/\/$/, "");

/** The Pulumi project that the working directory is in, else sluice's own. */
export function currentProjectFolder(): string {
  return projectFolderFrom(process.cwd()) ?? ownFolder;
}

let running: Promise<unknown> = Promise.resolve();

/**
 * Runs a stack's program and takes down what it declares. Nothing is deployed, no credentials and no network are used.
 * One program runs at a time: Pulumi's runtime keeps its settings in the process.
 * @throws {ProjectError} when the project can't be read; {ProgramError} for what the program throws, unless that is an error
 *   that says with which code a command ends.
 */
export function evaluateStack(options: EvaluateOptions): Promise<DeploymentDocument> {
  const unknowns = options.unknowns ?? false;
  return oneAtATime(async () => {
    const files = await readStackFiles(options.folder ?? currentProjectFolder(), options.stack);
    const { workingFolder } = files.program;
    const loaded = loadProgram(files.program, files.folder, ownFolder);
    try {
      return await inFolder(workingFolder, () =>
        guarded(() => record(files, unknowns, loaded.exported), unsettledResources),
      );
    } catch (error) {
      throw programError(error, { folder: files.folder, files: loaded.files });
    } finally {
      loaded.restore();
    }
  });
}

/**
 * Takes down what a function declares, as `evaluateStack` does for a program: for tests of single components.
 * @param files what Pulumi would know of the project; `folder` is what source positions are relative to.
 */
export function recordResources(
  files: Pick<StackFiles, "folder" | "project" | "stack" | "config">,
  declare: () => unknown,
  options: { unknowns?: boolean } = {},
): Promise<DeploymentDocument> {
  return oneAtATime(() => record(files, options.unknowns ?? false, async () => await declare()));
}

function oneAtATime<T>(run: () => Promise<T>): Promise<T> {
  const evaluation = running.then(run);
  running = evaluation.catch(() => undefined);
  return evaluation;
}

async function record(
  files: Pick<StackFiles, "folder" | "project" | "stack" | "config">,
  unknowns: boolean,
  declare: () => Promise<unknown>,
): Promise<DeploymentDocument> {
  const deployed: Deployed = {
    account: files.config[`${files.project}:accountId`] ?? placeholderAccount,
    region: files.config["aws:region"] ?? "us-east-1",
  };
  const monitor: RecordingMonitor = new RecordingMonitor(
    mocksFor(deployed, unknowns, (provider) => monitor.providerInputs(provider)),
    realpathSync(files.folder),
  );
  await pulumi.runtime.setMocks(monitor.mocks, files.project, files.stack, unknowns);
  pulumi.runtime.setMockOptions(monitor, files.project, files.stack, unknowns);
  pulumi.runtime.setAllConfig(files.config, []);

  const failures = collectRejections();
  const frames = pulumi.Resource as unknown as { framePositionRegExp: RegExp };
  const { framePositionRegExp } = frames;
  frames.framePositionRegExp = framePosition;
  try {
    await pulumi.runtime.runInPulumiStack(declare);
    await registrationsDone();
    // A rejection that nobody handles is told of in the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  } catch (error) {
    failures.add(error);
    // What a program began to register before it failed must not reach the next one's evaluation.
    await registrationsDone().catch((later: unknown) => failures.add(later));
  } finally {
    frames.framePositionRegExp = framePositionRegExp;
    collecting = undefined;
  }
  for (const failure of failures) knownFailures.add(failure);
  for (const failure of failures) throw failure;

  return {
    version: 3,
    deployment: {
      manifest: { time: new Date(0).toISOString(), magic: "", version: "" },
      resources: [...monitor.recorded.values()],
    },
  };
}

let collecting: Set<unknown> | undefined;
/** Failures of evaluations that have ended: the outputs that hang on them are rejected later, each on its own. */
const knownFailures = new Set<unknown>();

/** Collects the rejections that a program leaves to nobody: an Output's callback that throws is one. */
function collectRejections(): Set<unknown> {
  collecting = new Set();
  // It stays on, for those that come late; whoever runs us may have removed it.
  process.off("unhandledRejection", onUnhandledRejection).on("unhandledRejection", onUnhandledRejection);
  return collecting;
}

function onUnhandledRejection(reason: unknown): void {
  if (knownFailures.has(reason)) return;
  if (!collecting) throw reason;
  collecting.add(reason);
}

/** Waits for every registration under way. Pulumi exports this for its own `run` command, without a type. */
function registrationsDone(): Promise<void> {
  return (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
}

/** The resources whose inputs, parents or providers are not settled. Pulumi keeps them, without a type. */
function unsettledResources(): string[] {
  const state = pulumiState as unknown as {
    getPendingResourceRegistrations(): Map<
      unknown,
      { name: string; type: string; phase: string; inputProperty?: string }
    >;
  };
  return [...state.getPendingResourceRegistrations().values()].map(
    ({ name, type, phase, inputProperty }) => `the ${inputProperty ?? phase} of ${type} "${name}"`,
  );
}

/** Programs may look for files beside them, so their folder is the working directory, as with the CLI. */
async function inFolder<T>(folder: string, run: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  if (before === folder) return run();
  if (!isMainThread) {
    throw new ProjectError(
      `A worker thread can't change its working directory to ${folder}, where the program runs. ` +
        "Evaluate it in a process: vitest does with `--pool forks`, its default.",
    );
  }
  process.chdir(folder);
  try {
    return await run();
  } finally {
    process.chdir(before);
  }
}
