import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { UserError } from "./user-error.ts";

/** What a stack exports of a pipeline (`EventPipeline.outputs`). */
const pipelineSchema = z.object({
  region: z.string(),
  /** Absent where Firehose takes the events itself. */
  streamName: z.string().optional(),
  deliveryStreamName: z.string(),
  lakeBucketName: z.string(),
  databaseName: z.string(),
  tableName: z.string(),
  workgroupName: z.string(),
  analystRoleArn: z.string(),
  /** Both absent without HTTP ingest; the key also where posters sign. */
  httpEndpoint: z.string().optional(),
  httpApiKeyId: z.string().optional(),
});

const outputsSchema = z.object({ pipelines: z.record(z.string(), pipelineSchema) });

/** A pipeline, as its stack exports it. */
export type PipelineOutputs = z.infer<typeof pipelineSchema>;

/** The pipelines of a stack, by dataset. */
export type StackPipelines = Record<string, PipelineOutputs>;

/**
 * The pipelines of a deployed stack, as `pulumi stack output` tells them in this folder.
 * @param instead what the user can do without them, for messages.
 * @throws {UserError} when there is no Pulumi CLI, no such stack, or it exports no pipelines.
 */
export async function stackOutputs(stack: string, instead: string): Promise<StackPipelines> {
  const parsed = outputsSchema.safeParse(JSON.parse(await pulumiOutputs(stack, instead)));
  if (parsed.success && Object.keys(parsed.data.pipelines).length > 0) return parsed.data.pipelines;
  const [, dataset, output] = parsed.error?.issues[0]?.path ?? [];
  const lacking = output === undefined ? "no pipelines" : `no ${String(output)} of "${String(dataset)}"`;
  throw new UserError(
    `the stack "${stack}" exports ${lacking}. Deploy it with \`pulumi up\`.\n${instead}`,
    1,
  );
}

async function pulumiOutputs(stack: string, instead: string): Promise<string> {
  try {
    const args = ["stack", "output", "--json", "--stack", stack];
    return (await promisify(execFile)("pulumi", args, { timeout: 60_000 })).stdout;
  } catch (error) {
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") {
      throw new UserError(
        `the outputs of the stack "${stack}" need the Pulumi CLI, which is not on PATH. Install it.\n${instead}`,
        1,
      );
    }
    const [reason = "no reason given"] = stderr.trim().split("\n");
    throw new UserError(`pulumi can't tell the outputs of the stack "${stack}": ${reason}\n${instead}`, 1);
  }
}
