import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import type { DeploymentDocument } from "../plan/deployment.ts";
import { pipelinesOf } from "./from-plan.ts";
import { PipelineError, pipelineSchema, type Pipeline } from "./pipeline.ts";

/** A program may export its pipelines by names of its own. */
const outputsSchema = z.object({
  pipelines: z.record(z.string(), pipelineSchema.partial({ name: true, dataset: true })),
});

/** Pipelines by the names under which they are exported: what they do not say of themselves, that name says. */
export function exportedPipelines(
  exported: Readonly<
    Record<
      string,
      Omit<Pipeline, "name" | "dataset"> & { name?: string | undefined; dataset?: string | undefined }
    >
  >,
): Pipeline[] {
  return Object.entries(exported).map(([key, { name = key, dataset = key, ...parts }]) => ({
    name,
    dataset,
    ...parts,
  }));
}

/**
 * The pipelines of a deployed stack, as the Pulumi CLI tells them in this folder: by the stack's output `pipelines`, else,
 * where the program exports none or something else by that name, by the stack's state.
 * @param instead what the user can do without them, for messages.
 * @throws {PipelineError} when there is no Pulumi CLI, no such stack, or it has no pipelines.
 */
export async function stackPipelines(stack: string, instead: string): Promise<Pipeline[]> {
  const outputs = await pulumi(stack, ["stack", "output", "--json"], instead);
  const parsed = outputsSchema.safeParse(outputs);
  if (parsed.success) {
    const exported = exportedPipelines(parsed.data.pipelines);
    if (exported.length > 0) return exported;
  }
  const state = (await pulumi(stack, ["stack", "export"], instead)) as Partial<DeploymentDocument>;
  const declared = state.deployment?.resources ? pipelinesOf(state as DeploymentDocument) : [];
  if (declared.length > 0) return declared;
  const [, pipeline, output] = parsed.error?.issues[0]?.path ?? [];
  const lacks = output === undefined ? "pipelines" : `${String(output)} of "${String(pipeline)}"`;
  const others = Object.keys(outputs as object).filter((name) => name !== "pipelines");
  // Who deployed something else already needs no other deployment, but an export.
  const hint =
    others.length > 0 && output === undefined
      ? ` It exports ${others.join(", ")}. Add \`export const pipelines = { orders: pipeline.outputs }\` to its program.`
      : "";
  throw new PipelineError(
    `the stack "${stack}" exports no ${lacks}. Deploy it with \`pulumi up\`.${hint}\n${instead}`,
    1,
  );
}

async function pulumi(stack: string, args: readonly string[], instead: string): Promise<unknown> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", [...args, "--stack", stack], {
      timeout: 60_000,
      maxBuffer: 256 * 1024 * 1024,
    });
    return JSON.parse(stdout) as unknown;
  } catch (error) {
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") {
      throw new PipelineError(
        `the outputs of the stack "${stack}" need the Pulumi CLI, which is not on PATH. Install it.\n${instead}`,
        1,
      );
    }
    const [line = ""] = stderr.trim().split("\n");
    const reason = error instanceof SyntaxError ? "it prints no JSON" : line || "no reason given";
    throw new PipelineError(
      `pulumi can't tell the outputs of the stack "${stack}": ${reason}\n${instead}`,
      1,
    );
  }
}
