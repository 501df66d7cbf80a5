import { Console } from "node:console";
import { resolve } from "node:path";
import type { DeploymentDocument } from "../plan/deployment.ts";
import { evaluateStack, type EvaluateOptions } from "../plan/evaluate.ts";

/**
 * Evaluates a stack's program for a command. What the program prints goes to stderr: stdout holds what the command was
 * asked for and nothing else.
 * @param options.folder as the user wrote it. Default: the project that the working directory is in, else sluice's own.
 * @throws {Error} what the program throws; for a folder that the user named, with the place in its program.
 */
export async function evaluateProgram({ folder, ...options }: EvaluateOptions): Promise<DeploymentDocument> {
  globalThis.console = new Console(process.stderr, process.stderr);
  if (folder === undefined) return evaluateStack(options);
  const absolute = resolve(folder);
  try {
    return await evaluateStack({ ...options, folder: absolute });
  } catch (error) {
    throw inProgram(error, absolute);
  }
}

/** A mistake in somebody's program, with its place there: it is none of sluice's own. */
function inProgram(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || "exitCode" in error) return error;
  const place = error.stack?.split(/[\s()]+/).find((word) => word.includes(folder) && /:\d+$/.test(word));
  // Each evaluation imports the program anew, under a query of its own.
  return new Error(
    place === undefined ? String(error) : `${String(error)}\n  at ${place.replace(/\?[^:]*/, "")}`,
  );
}
