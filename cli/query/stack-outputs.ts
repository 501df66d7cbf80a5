import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { UserError } from "../user-error.ts";

const outputsSchema = z.object({
  pipelines: z.record(
    z.string(),
    z.object({ region: z.string(), databaseName: z.string(), workgroupName: z.string() }),
  ),
});

/** What a command needs to know of each pipeline of a stack, by dataset. */
export type StackPipelines = z.infer<typeof outputsSchema>["pipelines"];

/**
 * The pipelines of a deployed stack, as `pulumi stack output` tells them in this folder.
 * @throws {UserError} when there is no Pulumi CLI, no such stack, or it exports no pipelines.
 */
export async function stackOutputs(stack: string): Promise<StackPipelines> {
  const instead = "Or name the place with --workgroup, --database and --region.";
  let stdout: string;
  try {
    ({ stdout } = await promisify(execFile)("pulumi", ["stack", "output", "--json", "--stack", stack], {
      timeout: 60_000,
    }));
  } catch (error) {
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") {
      throw new UserError(
        `the outputs of the stack "${stack}" need the Pulumi CLI, which is not on PATH.\n${instead}`,
      );
    }
    const [reason = "no reason given"] = stderr.trim().split("\n");
    throw new UserError(`pulumi can't tell the outputs of the stack "${stack}": ${reason}\n${instead}`, 1);
  }
  const parsed = outputsSchema.safeParse(JSON.parse(stdout));
  if (parsed.success && Object.keys(parsed.data.pipelines).length > 0) return parsed.data.pipelines;
  throw new UserError(
    `the stack "${stack}" exports no pipelines. Deploy it with \`pulumi up\`.\n${instead}`,
    1,
  );
}
