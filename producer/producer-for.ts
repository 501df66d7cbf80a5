import { emulatorCredentials } from "../pipelines/from-emulator.ts";
import type { ColumnDefinition, Dataset } from "../schema/dataset.ts";
import {
  findPipeline,
  PipelineNotFoundError,
  type FindOptions,
  type FoundPipeline,
} from "./find-pipeline.ts";
import { createProducer, type Producer, type ProducerOptions } from "./producer.ts";
import type { AwsClientOptions } from "./sinks/aws-client.ts";
import { httpSink } from "./sinks/http.ts";
import { pipelineSink } from "./sinks/pipeline.ts";
import type { Sink } from "./sinks/sink.ts";

export interface ProducerForOptions<D>
  extends
    Omit<ProducerOptions<D>, "dataset" | "sink">,
    FindOptions,
    Pick<AwsClientOptions, "credentials" | "requestTimeoutMilliseconds"> {
  /** How events go in: by the pipeline's own source (its stream, or Firehose), or posted to its HTTP API. Default: `source`. */
  readonly via?: "source" | "http" | undefined;
  /** With `http`: the API key. Default: the variable SLUICE_API_KEY; the emulator's own where one runs. */
  readonly apiKey?: string | undefined;
}

/**
 * A producer for the pipeline that carries a dataset, wherever it runs: the same code sends to AWS and to an emulator. It is
 * looked for in this order: the emulator that `SLUICE_EMULATOR` names, `outputs`, the variables of the pipeline's
 * `environment`, an emulator that is up in this folder or above (unless NODE_ENV is production).
 *
 * @example
 * const producer = await producerFor(clickstream);
 * await producer.send({ event_id, event_time: new Date().toISOString(), event_type: "click", visitor_id });
 *
 * @throws {PipelineNotFoundError} when there is no such pipeline, or several, saying where was looked.
 * @throws {TypeError} for outputs that are none.
 */
export async function producerFor<const Columns extends Record<string, ColumnDefinition>>(
  dataset: Dataset<Columns>,
  options: ProducerForOptions<Dataset<Columns>> = {},
): Promise<Producer<Dataset<Columns>>> {
  const found = await findPipeline(dataset.name, options);
  return createProducer({ ...options, dataset, sink: sinkOf(found, options) });
}

function sinkOf(
  { pipeline, emulator }: FoundPipeline,
  { via = "source", apiKey, credentials, requestTimeoutMilliseconds }: ProducerForOptions<unknown>,
): Sink {
  if (via === "source") {
    return pipelineSink(pipeline, {
      kinesis: emulator?.kinesis,
      firehose: emulator?.firehose,
      credentials: credentials ?? (emulator && emulatorCredentials),
      requestTimeoutMilliseconds,
    });
  }
  const local = emulator?.http[pipeline.name];
  const url = emulator ? local?.url : pipeline.httpEndpoint;
  if (url === undefined) {
    throw new PipelineNotFoundError(
      `the pipeline "${pipeline.name}" has no HTTP API. Set httpIngest, or leave out \`via\`.`,
    );
  }
  const key = apiKey ?? local?.apiKey ?? process.env["SLUICE_API_KEY"];
  return httpSink({ url, apiKey: key, requestTimeoutMilliseconds });
}
