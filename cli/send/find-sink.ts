import type { Dataset } from "../../schema/dataset.ts";
import { firehoseSink } from "../../producer/sinks/firehose.ts";
import { httpSink } from "../../producer/sinks/http.ts";
import { kinesisSink } from "../../producer/sinks/kinesis.ts";
import type { Sink } from "../../producer/sinks/sink.ts";
import { readEndpoints, type Endpoints } from "../local/endpoints-file.ts";
import { stackOutputs, type PipelineOutputs } from "../stack-outputs.ts";
import { UserError } from "../user-error.ts";
import type { SendCommandOptions } from "./send-options.ts";

/** What sending needs to know of a pipeline. */
type Pipeline = Pick<PipelineOutputs, "region" | "streamName" | "deliveryStreamName" | "httpEndpoint">;

/** Where a stack takes the events of a dataset. */
interface Target extends Pipeline {
  /** Where the emulator listens. */
  readonly emulator?: Endpoints;
}

/** The emulator takes any credentials: nothing here is secret. */
const emulatorCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/**
 * The sink that the options mean: a URL as it is; else the emulator of the stack when it is up; else the deployed stack, by
 * its outputs.
 * @throws {UserError} when there is none.
 */
export async function findSink(dataset: Dataset, options: SendCommandOptions): Promise<Sink> {
  const { to, url, apiKey = process.env["SLUICE_API_KEY"] } = options;
  if (to === "http" && url !== undefined) return http(url, apiKey);

  const { region, streamName, deliveryStreamName, httpEndpoint, emulator } = await findTarget(
    dataset,
    options.stack,
  );
  const credentials = emulator && emulatorCredentials;
  const pipeline = `the pipeline "${dataset.name}" of the stack "${options.stack}"`;
  if (to === "kinesis") {
    if (streamName !== undefined) {
      return kinesisSink({
        streamName,
        region,
        ...(emulator && { endpoint: emulator.kinesis }),
        credentials,
      });
    }
    throw new UserError(
      `${pipeline} has no stream: Firehose takes its events. Send them with --to firehose.`,
    );
  }
  if (to === "firehose") {
    if (streamName === undefined) {
      return firehoseSink({
        deliveryStreamName,
        region,
        ...(emulator?.firehose !== undefined && { endpoint: emulator.firehose }),
        credentials,
      });
    }
    throw new UserError(`${pipeline} takes events from Kinesis. Send them with --to kinesis.`);
  }
  const local = emulator?.http?.[dataset.name];
  if (local) return http(local.url, apiKey ?? local.apiKey);
  if (!emulator && httpEndpoint !== undefined) return http(httpEndpoint, apiKey);
  throw new UserError(
    `the stack "${options.stack}" has no HTTP ingest for "${dataset.name}". Name one with --url, or set sluice:httpIngest.`,
  );
}

function http(url: string, apiKey: string | undefined): Sink {
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UserError(`--url "${url}" is no URL. Write one such as https://example.org/events.`);
  }
  return httpSink({ url, ...(apiKey === undefined ? {} : { apiKey }) });
}

async function findTarget(dataset: Dataset, stack: string): Promise<Target> {
  const emulator = await readEndpoints(stack);
  if (emulator) return { ...pipelineOf(dataset, stack, emulator.pipelines), emulator };
  if (stack === "local") {
    throw new UserError(
      "no emulator is up. Start one with `npm start -- --serve`, or name a deployed stack with --stack.",
      1,
    );
  }
  return pipelineOf(dataset, stack, await stackOutputs(stack, "Or name an endpoint with --to http --url."));
}

function pipelineOf(
  dataset: Dataset,
  stack: string,
  pipelines: Readonly<Record<string, Pipeline>>,
): Pipeline {
  const pipeline = pipelines[dataset.name];
  if (pipeline) return pipeline;
  throw new UserError(
    `the stack "${stack}" has no pipeline for "${dataset.name}", only for ${Object.keys(pipelines).join(", ")}.`,
  );
}
