import { Command } from "commander";
import { countByType, renderTree } from "../plan/tree.ts";
import { evaluateProgram } from "./evaluate-program.ts";

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
    .action(async ({ json, ...options }: PlanOptions) => {
      const plan = await evaluateProgram(options);
      if (json) {
        process.stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
        return;
      }
      const counts = countByType(plan);
      const total = counts.reduce((sum, [, count]) => sum + count, 0);
      process.stdout.write(`${renderTree(plan)}\n\n${total} resources of ${counts.length} types\n`);
    });
}
