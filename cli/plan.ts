import { Console } from "node:console";
import { resolve } from "node:path";
import { Command } from "commander";
import type { DeploymentDocument } from "../plan/deployment.ts";
import { evaluateStack } from "../plan/evaluate.ts";
import { countByType, renderTree } from "../plan/tree.ts";

interface PlanOptions {
  stack: string;
  folder?: string;
  json?: boolean;
  unknowns?: boolean;
}

/** `sluice plan`: the resources that a stack's program declares. */
export function planCommand(): Command {
  return new Command("plan")
    .option("--stack <name>", "the stack, as in Pulumi.<name>.yaml", "dev")
    .option("--folder <path>", "another Pulumi project's folder")
    .option("--unknowns", "evaluate as a preview does: what only AWS can tell is unknown")
    .option("--json", "print the deployment document, the format of `pulumi stack export`")
    .action(async (options: PlanOptions) => {
      const plan = await evaluate(options);
      if (options.json) {
        process.stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
        return;
      }
      const counts = countByType(plan);
      const total = counts.reduce((sum, [, count]) => sum + count, 0);
      process.stdout.write(`${renderTree(plan)}\n\n${total} resources of ${counts.length} types\n`);
    });
}

async function evaluate({ stack, folder, unknowns = false }: PlanOptions): Promise<DeploymentDocument> {
  // What a program prints is no part of the plan: with --json, stdout holds one document and nothing else.
  globalThis.console = new Console(process.stderr, process.stderr);
  if (folder === undefined) return evaluateStack({ stack, unknowns });
  const absolute = resolve(folder);
  try {
    return await evaluateStack({ stack, unknowns, folder: absolute });
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
