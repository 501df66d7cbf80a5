import { athenaClient } from "../../athena/client/client.ts";
import { deployedDataset } from "../../athena/client/deployed-dataset.ts";
import { onePipeline } from "../../pipelines/choose.ts";
import { emulatorCredentials } from "../../pipelines/from-emulator.ts";
import { exportedPipelines, stackPipelines } from "../../pipelines/from-stack.ts";
import type { Pipeline } from "../../pipelines/pipeline.ts";
import { httpSink } from "../../producer/sinks/http.ts";
import { pipelineSink } from "../../producer/sinks/pipeline.ts";
import type { Sink } from "../../producer/sinks/sink.ts";
import type { Dataset } from "../../schema/dataset.ts";
import { TableParametersError } from "../../schema/table-parameters.ts";
import { readEndpoints, type Endpoints } from "../local/endpoints-file.ts";
import { localStack, programPipelines } from "../program.ts";
import { UserError } from "../user-error.ts";
import type { SendCommandOptions } from "./send-options.ts";

/** Where events go, and what they are. */
export interface SendTarget {
  readonly dataset: Dataset;
  readonly sink: Sink;
}

/**
 * The target that the options mean: a URL as it is, for the dataset that the program here declares; else the emulator of
 * the stack when it is up; else the deployed stack, by its outputs and its table.
 * @throws {UserError} when there is none. {PipelineError} when the stack has no such pipeline, or several.
 */
export async function findTarget(options: SendCommandOptions): Promise<SendTarget> {
  const { to, url, stack, apiKey = process.env["SLUICE_API_KEY"] } = options;
  if (to === "http" && url !== undefined) {
    const sink = http(url, apiKey);
    const { declared } = onePipeline(stack, await programPipelines(stack), options);
    return { dataset: declared.dataset, sink };
  }
  const emulator = await readEndpoints(stack);
  if (!emulator && stack === localStack) {
    throw new UserError(
      "no emulator is up. Start one with `npx sluice start --serve`, or name a deployed stack with --stack.",
      1,
    );
  }
  const pipelines = emulator
    ? exportedPipelines(emulator.pipelines)
    : await stackPipelines(stack, "Or name an endpoint with --to http --url.");
  const pipeline = onePipeline(stack, pipelines, options);
  const sink = sinkOf(pipeline, { ...options, apiKey }, emulator);
  return { dataset: await datasetOf(pipeline, stack, emulator), sink };
}

function sinkOf(pipeline: Pipeline, options: SendCommandOptions, emulator: Endpoints | undefined): Sink {
  const { to, stack, apiKey } = options;
  const { name, streamName, httpEndpoint } = pipeline;
  const source = () => pipelineSink(pipeline, { ...emulator, credentials: emulator && emulatorCredentials });
  const called = `the pipeline "${name}" of the stack "${stack}"`;
  if (to === "kinesis") {
    if (streamName !== undefined) return source();
    throw new UserError(`${called} has no stream: Firehose takes its events. Send them with --to firehose.`);
  }
  if (to === "firehose") {
    if (streamName === undefined) return source();
    throw new UserError(`${called} takes events from Kinesis. Send them with --to kinesis.`);
  }
  const local = emulator?.http[name];
  if (local) return http(local.url, apiKey ?? local.apiKey);
  if (!emulator && httpEndpoint !== undefined) return http(httpEndpoint, apiKey);
  throw new UserError(
    `the stack "${stack}" has no HTTP ingest for "${name}". Name one with --url, or set httpIngest.`,
  );
}

function http(url: string, apiKey: string | undefined): Sink {
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UserError(`--url "${url}" is no URL. Write one such as https://example.org/events.`);
  }
  return httpSink({ url, ...(apiKey === undefined ? {} : { apiKey }) });
}

/**
 * What the table says. Who may send but not read it, as with an API key alone, learns it from the program of this folder.
 * @throws {TableParametersError} when the table says it wrongly; {UserError} when nothing says it.
 */
async function datasetOf(
  pipeline: Pipeline,
  stack: string,
  emulator: Endpoints | undefined,
): Promise<Dataset> {
  const client = athenaClient({
    region: pipeline.region,
    ...(emulator && { endpoint: emulator.athena, credentials: emulatorCredentials }),
  });
  try {
    return await deployedDataset(client, pipeline);
  } catch (error) {
    if (error instanceof TableParametersError) throw error;
    const declared = await programPipelines(stack).catch(() => []);
    const own = declared.find(({ name }) => name === pipeline.name);
    if (own) return own.declared.dataset;
    throw new UserError(
      `what the events of "${pipeline.name}" are stands in its table ${pipeline.databaseName}.${pipeline.tableName}, ` +
        `which can't be read: ${(error as Error).message}\n` +
        "athena:GetTableMetadata and glue:GetTable are needed. Or call this in the folder of the stack's program.",
      1,
    );
  } finally {
    client.destroy();
  }
}
